import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, untilLoaded, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('Socket Mode', () => {
  let world: TestWorld;
  let bot: Bot;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld({ mode: 'socket' });
    world.azure
      .addHost({ name: 'bastion-prod' })
      .startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    bot = await untilLoaded(await world.startBot());
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });

  afterAll(async () => world.stop());

  const readiness = async () => (await fetch(`${bot.adminUrl}/readyz`)).status;

  it('answers every command of a series in the middle of which Slack refreshes both connections', async () => {
    const { sockets, changes } = world.slack;
    await changes.until(() => sockets.open.length === 2, 'both connections');
    let typed = 0;
    const type = async (atLeast: number, isOver = () => true) => {
      for (const until = typed + atLeast; typed < until || !isOver(); typed += 1) {
        expect(await alice.command('/bastion sessions')).toMatchObject({ ok: true });
      }
    };
    await type(10);
    let isRefreshed = false;
    const successors = changes.until(() => sockets.open.length === 4, 'both successors');
    const refreshed = sockets.disconnect({ reason: 'refresh_requested', once: successors });
    void refreshed.then(() => (isRefreshed = true));
    await type(10, () => isRefreshed);
    await type(20);
    await refreshed;
    await changes.until(() => alice.ephemerals.length === typed);
    await changes.until(() => sockets.open.length === 2);
    expect(sockets.greeted).toBe(4);
    expect(await readiness()).toBe(200);
  });

  it('says that Slack is gone, and is back when Slack is', async () => {
    const { slack } = world;
    const troubles = [
      slack.sockets.turnAway('refuse'),
      slack.fault({ method: 'apps.connections.open', instead: { status: 503 }, times: 4 }),
    ];
    for (const socket of slack.sockets.open) socket.cut();
    await eventually('it is not ready', async () => (await readiness()) === 503);
    for (const trouble of troubles) trouble.end();
    await eventually('it is ready', async () => (await readiness()) === 200);
    expect(await alice.command('/bastion sessions')).toMatchObject({ ok: true });
    expect(await fetch(`${bot.adminUrl}/livez`)).toMatchObject({ status: 200 });
  });

  it('lives on after envelopes that are none', async () => {
    const { sockets } = world.slack;
    const before = sockets.greeted;
    for (const frame of [
      '{"type":"events_api","envelope_id":"1","payload":{}}',
      '{"type":"interactive","envelope_id":"1","payload":{"type":"view_submission"}}',
      '{"type":"slash_commands","envelope_id":"1","payload":{"command":"/bastion"}}',
      '{"type":"events_api"',
    ]) {
      for (const socket of sockets.open) socket.send(frame);
    }
    expect(await alice.command('/bastion sessions')).toMatchObject({ ok: true });
    expect(sockets.greeted).toBe(before);
    expect(bot.log.filter(({ msg }) => msg === 'nobody caught a rejection')).toEqual([]);
  });

  it('finishes the click that is in work when it is told to stop', async () => {
    const { slack } = world;
    await alice.press(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), 'Request disconnect');
    const form = await slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance tonight' });
    const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);

    const isSlow = slack.fault({ method: 'usergroups.users.list', latencyMs: 500 });
    // What Slack said of the group before would do for seconds.
    await slack.groupChanged('S0LEADS');
    const pressed = bob.press(card, 'Approve & disconnect');
    await slack.changes.until(() => isSlow.hits === 1, 'the click in work');
    expect(await bot.stop()).toBe(0);
    expect(await pressed).toMatchObject({ ok: true });

    bot = await world.startBot();
    await untilReads(world, 'C0APPROVE', bob, /Gone, checked/);
  });
});

describe('a start in Socket Mode', () => {
  it('is not kept waiting by a Slack that refuses connections', async () => {
    const world = await startWorld({ mode: 'socket' });
    const refused = world.slack.sockets.turnAway('refuse');
    const bot = await world.startBot();
    expect((await fetch(`${bot.adminUrl}/readyz`)).status).toBe(503);
    refused.end();
    await eventually(
      'it is ready',
      async () => (await fetch(`${bot.adminUrl}/readyz`)).status === 200,
      15_000,
    );
    expect(await bot.stop()).toBe(0);
    await world.stop();
  }, 60_000);
});
