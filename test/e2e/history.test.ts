import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Person } from '../simulator/slack/person.ts';
import { eventuallyTyped } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('the history, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    host.startSession({ id: 'short', vm: 'vm-web-1', login: 'deploy', protocol: 'rdp', ageMs: 60_000 });
    await world.startBot({
      ...quickPolicy,
      access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: [] },
      disconnect: { approval: 'none' },
    });
    alice = world.slack.as('U0ALICE');
  });

  afterAll(async () => world.stop());

  const ask = async (typed: string) => {
    await alice.command(`/bastion history ${typed}`);
    return alice.nextEphemeral();
  };

  it('tells what the bot ended from what ended by itself, with a chart', async () => {
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance tonight' });
    await untilReads(world, 'C0ALERTS', alice, /^Ended: /m);
    host.endSession('short');

    let shown = '';
    await eventuallyTyped('both sessions are in the history', async () => {
      shown = textOf(await ask('since:1d'), alice);
      return /2 sessions ended/.test(shown);
    });
    expect(shown).toMatch(/1 by themselves, 1 by the bot/);
    expect(shown).toMatch(/chart: Ended sessions/);
    expect(shown).toMatch(/dba on vm-db-1[^]*ended by the bot for @alice/);
    expect(shown).toMatch(/deploy on vm-web-1[^]*ended by itself/);
  });

  it('says the same in words where Slack takes no chart', async () => {
    const refusal = { status: 400, body: '{"ok":false,"error":"invalid_blocks"}' };
    world.slack.fault({ method: 'response_url', times: 1, instead: refusal });
    const shown = textOf(await ask('user:dba'), alice);
    expect(shown).not.toMatch(/chart:/);
    expect(shown).toMatch(
      /1 session ended[^]*1 of 2 sessions: user:dba[^]*Ended, by day: .*: 1 \(1 by the bot\)/,
    );
  });

  it('shows nothing to whoever may not see sessions', async () => {
    const carol = world.slack.as('U0CAROL');
    await carol.command('/bastion history');
    const shown = textOf(await carol.nextEphemeral(), carol);
    expect(shown).toMatch(/You may not see sessions/);
    expect(shown).not.toMatch(/vm-/);
  });
});
