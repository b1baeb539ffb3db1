import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe.each([
  ['ended', /The bot ended your session dba on vm-db-1/, [/maintenance/, /alice/i, /Approved by/]],
  ['all', /Asked by: @\S*alice[^]*Approved by @\S*bob[^]*Reason: maintenance/i, []],
  ['off', undefined, []],
] as const)('the owner of an ended session, with tellOwner: %s', (tellOwner, reads, hides) => {
  let world: TestWorld;
  let host: SimulatedHost;
  let redis: Redis;
  let alice: Person;
  let bob: Person;
  let carol: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'owned', vm: 'vm-db-1', login: 'dba', protocol: 'rdp', ageMs: 2 * hourMs });
    host.startSession({ id: 'shared', vm: 'vm-web-1', login: 'deploy', protocol: 'ssh', ageMs: 2 * hourMs });
    await world.startBot({
      ...quickPolicy,
      disconnect: { tellOwner },
      people: [{ vmLogin: 'dba', slack: 'U0CAROL' }],
    });
    redis = new Redis(world.redis.url.replace('unix://', ''));
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
    carol = world.slack.as('U0CAROL');
  });

  afterAll(async () => {
    redis.disconnect();
    await world.stop();
  });

  async function end(vm: string): Promise<void> {
    const alert = await untilReads(world, 'C0ALERTS', alice, new RegExp(vm));
    await alice.press(alert, 'Request disconnect');
    await alice.submit(await world.slack.changes.until(() => alice.modal, 'the form'), {
      reason: 'maintenance tonight',
    });
    const card = await untilReads(world, 'C0APPROVE', bob, new RegExp(`Waiting for approval[^]*${vm}`));
    await bob.press(card, 'Approve & disconnect');
    await untilReads(world, 'C0APPROVE', bob, new RegExp(`Gone, checked[^]*${vm}`));
  }

  const noCardIsDue = async () =>
    (await redis.zrange('{bastion}:due', '0', '-1')).every((member) => !member.startsWith('card:'));
  const toldTo = ({ direct }: Person): readonly Message[] =>
    direct.filter(({ onlyFor }) => onlyFor === undefined);

  it('gets one message, or none, and nobody gets one for a session without an owner', async () => {
    await end('vm-db-1');
    await end('vm-web-1');
    await eventually('every card is shown', noCardIsDue);
    const told = toldTo(carol).map((message) => textOf(message, carol));
    expect(told).toHaveLength(reads ? 1 : 0);
    for (const text of told) {
      expect(text).toMatch(reads ?? /nothing/);
      expect(text).toMatch(/Whom to ask: @leads/);
      expect(text).toMatch(/you stay logged on there/);
      expect(text).not.toMatch(/logged off/);
      for (const hidden of hides) expect(text).not.toMatch(hidden);
    }
    expect(toldTo(alice)).toHaveLength(2);
    expect(toldTo(bob)).toEqual([]);
    expect(host.disconnects).toEqual(['owned', 'shared']);
  });
});
