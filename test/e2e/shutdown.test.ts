import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { launchBot, whenReady } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a shutdown', () => {
  let world: TestWorld;
  let host: SimulatedHost;

  beforeEach(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
  });
  afterEach(async () => world.stop());

  it('ends in time and well while nobody answers', async () => {
    host.behave({ hang: true });
    world.slack.fault({ method: '*', instead: 'hang' });
    const bot = await world.startBot();
    await world.azure.requests.waitFor(({ kind }) => kind === 'sessions');
    await world.redis.kill();
    // A stop that takes longer than it may ends in another code.
    expect(await bot.stop()).toBe(0);
  }, 60_000);

  it('does not wait for a start that waits for Slack', async () => {
    const hanging = world.slack.fault({ method: 'auth.test', instead: 'hang' });
    const bot = await launchBot({ environment: world.environment, policy: quickPolicy });
    await eventually('it waits for Slack', () => hanging.hits > 0);
    expect(await bot.stop()).toBe(0);
    expect(bot.log.map(({ msg }) => msg)).toContain('stopped before the start was over');
  }, 60_000);

  it('is neither begun nor cut short by a hangup, while it starts, runs or stops', async () => {
    const hanging = world.slack.fault({ method: 'auth.test', times: 1, instead: 'hang' });
    const starting = await launchBot({ environment: world.environment, policy: quickPolicy });
    await eventually('it waits for Slack', () => hanging.hits > 0);
    const heard = async () => starting.waitForLog(({ msg }) => msg.startsWith('SIGHUP changes nothing'));
    process.kill(starting.pid, 'SIGHUP');
    await heard();
    const bot = await whenReady(starting);
    host.behave({ hang: true });
    process.kill(bot.pid, 'SIGHUP');
    const stopped = bot.stop();
    await bot.waitForLog(({ msg }) => msg === 'stopping');
    process.kill(bot.pid, 'SIGHUP');
    expect(await stopped).toBe(0);
    expect(bot.log.at(-1)).toMatchObject({ msg: 'stopped' });
  }, 60_000);

  it('is cut short by a second signal', async () => {
    host.behave({ hang: true });
    const bot = await world.startBot();
    await world.azure.requests.waitFor(({ kind }) => kind === 'sessions');
    const stopped = bot.stop();
    await bot.waitForLog(({ msg }) => msg === 'stopping');
    process.kill(bot.pid, 'SIGTERM');
    expect(await stopped).toBe(1);
    expect(bot.log.map(({ msg }) => msg)).not.toContain('did not stop in time');
  }, 60_000);

  it('loses nobody’s click, one replica after the other', async () => {
    const alice = world.slack.as('U0ALICE');
    const bob = world.slack.as('U0BOB');
    let bot = await world.startBot();
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    for (const verb of ['Deny', 'Deny', 'Approve & disconnect']) {
      await alice.press(alert, 'Request disconnect');
      const form = await world.slack.changes.until(() => alice.modal, 'the form');
      await alice.submit(form, { reason: `so that it is ended by ${verb}` });
      const open = await untilReads(world, 'C0APPROVE', bob, /Waiting for approval/);
      // The click is on its way to the old one, which has been told to stop and not yet left the load balancer.
      const old = bot;
      const stopped = old.stop();
      await old.waitForLog(({ msg }) => msg === 'stopping');
      expect(await bob.press(open, verb)).toMatchObject({ ok: true });
      bot = await world.startBot();
      expect(await stopped).toBe(0);
      await untilReads(world, 'C0APPROVE', bob, verb === 'Deny' ? /Denied by/ : /Gone, checked/);
    }
    expect(host.disconnects).toEqual(['long']);
  }, 90_000);
});
