import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyCheckout } from '../support/checkout.ts';
import type { Demo } from '../support/demo.ts';
import { startDemo } from '../support/demo.ts';
import { eventually } from '../support/eventually.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';

const typed = [
  'alcie: /bastion sessions',
  'alice: what is this?',
  'azure start vm-erp-7 login temp 5h rdp on bastion-shared',
  'azure begin vm-erp-7',
  'alice: /bastion sessions',
  'alice presses "Request disconnect"',
  'alice presses "request" near "vm-erp-7"',
  'alice fills reason "left open over lunch"',
  'bob presses "Approve & disconnect" near "vm-erp-7"',
  'bob fills "nothing"',
  'carol presses "Refresh"',
  'azure silence mars',
  'azure',
  '/bastion sessions',
  'sudo make me a sandwich',
];

describe('the demo', () => {
  const demos: Demo[] = [];
  let story: Demo;
  let prompted: Demo;

  beforeAll(async () => {
    [story, prompted] = await Promise.all([startDemo(['--once']), startDemo(['--once'], { typed })]);
    demos.push(story, prompted);
  });
  afterAll(async () => {
    await Promise.all(demos.map(async (demo) => demo.discard()));
  });

  const running = async () => {
    const demo = await startDemo([]);
    demos.push(demo);
    await demo.untilSays('Ready after');
    const started = descendantsOf(demo.process.pid ?? -1);
    const bot = started.find(({ command }) => command.includes('dist/main.js'));
    expect(started.some(({ command }) => command.includes('redis-server'))).toBe(true);
    if (!bot) throw new Error('no bot runs');
    return { demo, started, bot };
  };

  it('plays the whole story and leaves nothing behind', async () => {
    await story.untilSays('Ready after');
    const started = descendantsOf(story.process.pid ?? -1);
    expect(await story.exited).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    expect(await story.leftFiles()).toEqual([]);
    expect(story.output()).toMatch(
      new RegExp(
        [
          'only Alice · new',
          '\\d sessions on 3 hosts',
          'deploy on vm-web-1',
          'only Carol · new',
          'You may not see sessions',
          '#alerts · new',
          'dba on vm-db-1 for 1\\d s \\(limit 12 s\\)',
          'Open too long',
          'in front of Alice · a form',
          '\\[Send request\\]',
          '#approvals · new',
          'asks to disconnect dba on vm-db-1, open ',
          'Waiting for approval',
          'Finance closes the books',
          '\\[Approve & disconnect\\]',
          'only Alice, in #approvals · new',
          'You may not approve',
          '#approvals · edited',
          'Approved by @bob',
          'no longer there: \\[Approve & disconnect\\]',
          'The session is gone',
          'one\\s+disconnect',
          'One question more',
          '\\d of \\d sessions: entra:\\*@contractor\\.example',
          'azureuser on vm-jump-1 for ',
          'RDP through bastion-shared\\s· one of',
          'deploy on vm-web-1',
        ].join('[^]*'),
      ),
    );
    expect(story.output()).toMatch(/#approvals · edited[^│]*│ dba on vm-db-1: Gone, checked/);
    expect(story.output()).toMatch(/#alerts · edited[^│]*│ Ended: dba on vm-db-1 after about/);
    expect(story.output()).toMatch(/direct message to Alice · new[^│]*│ dba on vm-db-1: Gone, checked/);
    expect(story.output()).not.toContain('\u001B');
  }, 90_000);

  it('does what is typed after it, and helps with what cannot be done', async () => {
    expect(await prompted.exited).toBe(0);
    const output = prompted.output();
    const answerTo = (line: string) => output.split(`› ${line}\n`)[1]?.split('\n› ')[0] ?? '';
    expect(answerTo('alcie: /bastion sessions')).toContain('Did you mean alice?');
    expect(answerTo('alice: what is this?')).toContain('For example: alice: /bastion sessions');
    expect(answerTo('azure begin vm-erp-7')).toContain('It can: start, end, silence');
    expect(answerTo('alice: /bastion sessions')).toMatch(
      /temp on vm-erp-7 for 5 h[^]*RDP through bastion-shared/,
    );
    expect(answerTo('alice presses "Request disconnect"')).toContain('say near which text');
    expect(answerTo('alice presses "request" near "vm-erp-7"')).toContain('in front of Alice · a form');
    expect(answerTo('alice fills reason "left open over lunch"')).toContain('Reason: left open over lunch');
    expect(answerTo('bob presses "Approve & disconnect" near "vm-erp-7"')).toContain('Approved by @bob');
    expect(answerTo('bob fills "nothing"')).toContain('No form is open in front of Bob');
    expect(answerTo('carol presses "Refresh"')).toContain('Carol sees no buttons');
    expect(answerTo('azure silence mars')).toContain('There are bastion-prod, bastion-shared');
    expect(answerTo('azure')).toContain('vm-web-1');
    expect(answerTo('/bastion sessions')).toContain('Who types that?');
    expect(answerTo('sudo make me a sandwich')).toContain('Type help');
  }, 90_000);

  it('builds the bot first where nothing is built, beside its page', async () => {
    const unbuilt = await copyCheckout();
    const demo = await startDemo([], { unbuilt });
    demos.push(demo);
    await demo.untilSays('Ready after');
    demo.process.kill('SIGINT');
    expect(await demo.exited).toBe(0);
    await rm(unbuilt, { recursive: true });
  }, 90_000);

  it('refuses an option it does not know', async () => {
    const demo = await startDemo(['--onec']);
    demos.push(demo);
    expect(await demo.exited).toBe(1);
    expect(demo.output()).toMatch(/^Unknown option '--onec'/);
    expect(await demo.leftFiles()).toEqual([]);
  });

  it('leaves nothing behind after Ctrl-C', async () => {
    const { demo, started } = await running();
    demo.process.kill('SIGINT');
    expect(await demo.exited).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    expect(await demo.leftFiles()).toEqual([]);
  }, 90_000);

  it('leaves at a second Ctrl-C even when the bot does not stop', async () => {
    const { demo, bot } = await running();
    process.kill(bot.pid, 'SIGSTOP');
    await eventually('leaves', () => !demo.process.kill('SIGINT') || demo.process.exitCode !== null);
    expect(await demo.exited).toBe(130);
    await eventually('ends the bot', () => !isRunning(bot));
    expect(await demo.leftFiles()).toEqual([]);
  }, 90_000);

  it('says so when the bot ends by itself', async () => {
    const { demo, bot } = await running();
    process.kill(bot.pid, 'SIGKILL');
    expect(await demo.exited).toBe(1);
    expect(demo.output()).toContain('The bot ended by itself');
    expect(await demo.leftFiles()).toEqual([]);
  }, 90_000);
});
