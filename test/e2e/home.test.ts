import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../simulator/slack/person.ts';
import { renderView } from '../simulator/slack/render/message.ts';
import type { View } from '../simulator/slack/views.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;
const policy = { ...quickPolicy, people: [{ vmLogin: '*', email: '{login}@example.com' }] };

describe('App Home, on the wire', () => {
  let world: TestWorld;
  let alice: Person;
  let bob: Person;
  let carol: Person;

  beforeAll(async () => {
    world = await startWorld();
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'alice', protocol: 'ssh', ageMs: 2 * hourMs });
    host.startSession({ id: 'short', vm: 'vm-web-1', login: 'dba', protocol: 'rdp', ageMs: 0 });
    await world.startBot(policy);
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
    carol = world.slack.as('U0CAROL');
    await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
  });
  afterAll(async () => world.stop());

  async function untilHome(person: Person, wanted: RegExp): Promise<View> {
    const shown = () => (person.home && wanted.test(read(person, person.home)) ? person.home : undefined);
    return world.slack.changes.until(shown, `a home that reads ${String(wanted)}`);
  }
  const read = (person: Person, view: View) => renderView(view.content, person);

  it('shows my sessions, open alerts and the hosts', async () => {
    await alice.openHome();
    const home = read(alice, await untilHome(alice, /BASTION HOSTS/));
    const mine = home.slice(home.indexOf('YOUR SESSIONS'), home.indexOf('BASTION HOSTS'));
    expect(mine).toContain('alice on vm-db-1');
    expect(mine).not.toContain('dba');
    expect(home).toMatch(/OPEN ALERTS[^]*alice on vm-db-1 since .* \(limit .*\)[^]*YOUR SESSIONS/);
    expect(home).toContain('bastion-prod: 2 sessions, 1 over the limit');
    expect(home).not.toContain('WAITING FOR YOUR APPROVAL');
  });

  it('shows nothing of sessions to whoever may not see them', async () => {
    await carol.openHome();
    const home = read(carol, await untilHome(carol, /You may not see sessions/));
    expect(home).not.toMatch(/vm-|bastion-prod/);
  });

  async function ask(reason: string): Promise<void> {
    await alice.openHome();
    const home = await untilHome(alice, /OPEN ALERTS/);
    await alice.press(home, 'Request disconnect', '(limit');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason });
  }

  it('shows at once who has an alert in hand, and offers to undo it', async () => {
    await alice.openHome();
    await alice.press(await untilHome(alice, /\[Acknowledge\]/), 'Acknowledge');
    const acknowledged = await untilHome(alice, /Acknowledged by @alice/);
    await alice.press(acknowledged, 'Snooze');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { Reason: 'backup runs' });
    const snoozed = await untilHome(alice, /Snoozed by @alice.*: backup runs/);
    await alice.press(snoozed, 'End snooze');
    await alice.press(await untilHome(alice, /\[Undo acknowledgement\]/), 'Undo acknowledgement');
    expect(read(alice, await untilHome(alice, /\[Acknowledge\]/))).not.toContain('Acknowledged by');
  });

  it('follows what is asked, and says who was late', async () => {
    await bob.openHome();
    const before = await untilHome(bob, /Nothing waits for you/);
    await ask('left open');
    const waiting = await untilHome(bob, /left open/);
    expect(waiting.id).toBe(before.id);
    const card = await untilReads(world, 'C0APPROVE', alice, /left open/);
    await alice.press(card, 'Cancel request');
    await bob.press(waiting, 'Deny');
    const told = await world.slack.changes.until(() => bob.modal, 'the refusal');
    expect(read(bob, told)).toContain('Too late to change that.');
    await untilHome(bob, /Nothing waits for you/);
    await bob.close(told);
  });

  it('takes an approval and shows at once that it is done', async () => {
    await ask('still open');
    await bob.openHome();
    await bob.press(await untilHome(bob, /still open/), 'Approve & disconnect');
    await untilHome(bob, /Nothing waits for you/);
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
    expect(bob.modal).toBeUndefined();
  });

  it('says so while the memory is out of reach', async () => {
    await world.redis.kill();
    await bob.openHome();
    const home = read(bob, await untilHome(bob, /I cannot reach my memory/));
    expect(home).not.toMatch(/vm-|bastion-prod/);
  });
});
