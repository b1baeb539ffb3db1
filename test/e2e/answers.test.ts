import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a click that decides nothing', () => {
  let world: TestWorld;
  let alice: Person;
  let card: Message;

  beforeAll(async () => {
    world = await startWorld();
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    await world.startBot();
    alice = world.slack.as('U0ALICE');
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance' });
    card = await untilReads(world, 'C0APPROVE', alice, /maintenance/);
  }, 60_000);

  afterAll(async () => world.stop());

  it('is thanked for once the person has been told', async () => {
    world.slack.fault({ method: 'response_url', latencyMs: 300, times: 1 });
    const { ok, ms } = await alice.press(card, 'Deny');
    expect(ok).toBe(true);
    expect(ms).toBeGreaterThanOrEqual(290);
    expect(alice.ephemerals).toHaveLength(1);
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/You may not/);
  });

  it.each([
    ['is lost', { instead: 'reset' as const }],
    ['is late', { latencyMs: 5000 }],
  ])('is an error before Slack gives up, when the answer %s', async (_, fault) => {
    world.slack.fault({ method: 'response_url', ...fault, times: 1 });
    const told = alice.notices.length;
    expect(await alice.press(card, 'Deny')).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(alice.notices).toHaveLength(told + 1);
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/You may not/);
  });
});

describe('a click while Slack does not say who is in a group', () => {
  let world: TestWorld;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    await world.startBot();
    alice = world.slack.as('U0ALICE');
  }, 60_000);

  afterAll(async () => world.stop());

  it('is refused in time, in words about Slack and not about the memory, and works once Slack answers', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    const slow = world.slack.fault({ method: 'usergroups.users.list', instead: 'hang' });
    // What Slack said of the group before would do for seconds.
    await world.slack.groupChanged('S0OPS');
    await alice.press(alert, 'Acknowledge');
    const refusal = textOf(await alice.nextEphemeral(), alice);
    expect(refusal).toMatch(/Slack could not say just now who you are or who is in a group/);
    expect(refusal).not.toMatch(/memory/);
    await alice.press(alert, 'Request disconnect');
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/Slack could not say just now/);
    expect(alice.modal).toBeUndefined();

    slow.end();
    const isCounted = () => textOf(alert, alice).includes('Acknowledged by');
    await eventually('the click counts', async () => {
      // The button goes with the edit.
      if (!isCounted()) await alice.press(alert, 'Acknowledge').catch(() => undefined);
      return isCounted();
    });
  });
});
