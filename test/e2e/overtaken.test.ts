import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a request whose session ends by itself before anybody decides, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    for (const vm of ['vm-db-1', 'vm-web-1']) {
      host.startSession({ id: vm, vm, login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    }
    await world.startBot();
    alice = world.slack.as('U0ALICE');
  });

  afterAll(async () => world.stop());

  it('is closed on its card, and who asked is told once', async () => {
    await alice.press(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance tonight' });
    const card = await untilReads(world, 'C0APPROVE', alice, /Waiting for approval[^]*maintenance/);
    expect(textOf(card, alice)).toMatch(/\[Approve & disconnect\]/);

    host.endSession('vm-db-1');
    const closed = await untilReads(world, 'C0APPROVE', alice, /vm-db-1: Ended by itself, checked/);
    expect(textOf(closed, alice)).not.toMatch(/\[Approve & disconnect\]|\[Cancel request\]/);
    const told = () => alice.direct.filter(({ onlyFor }) => onlyFor === undefined);
    await world.slack.changes.until(() => told()[0], 'the word to the requester');
    expect(told().map((message) => textOf(message, alice))).toEqual([
      expect.stringMatching(/vm-db-1: Ended by itself, checked[^]*Nobody had decided yet\. Nothing was sent/),
    ]);
    expect(world.slack.channel('C0APPROVE').messages).toHaveLength(1);
    expect(host.disconnects).toEqual([]);
  });
});
