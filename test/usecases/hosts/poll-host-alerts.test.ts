import { describe, expect, it } from '@jest/globals';
import {
  aHostState,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { settle } from '../../support/settle.ts';
import { alertCard, hostId, poll, second, shows, timedOut, world } from './polled-host.ts';

describe('a session over its limit', () => {
  it('gets one alert, in one step with its host and its card', async () => {
    const ports = await world();
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await poll(ports, noon + 2 * second);
    const hostState = await ports.hostStates.get(hostId);
    expect(hostState?.trackedSessions).toMatchObject([{ ref: 'ref-1', alertId: 'id-1' }]);
    expect(await ports.alerts.get('id-1')).toMatchObject({ version: 1, state: { is: 'open' } });
    expect(await ports.due.by(noon + hour, 9)).toEqual([alertCard('id-1')]);
    expect(ports.jobs.enqueued).toEqual([alertCard('id-1')]);
  });

  it('is held to the rule for its user, however the login is spelled', async () => {
    const rules = [
      aRule({ name: 'ours', match: { user: 'azureuser' }, warnAfterMs: hour }),
      aRule({ name: 'others', warnAfterMs: 9 * hour }),
    ];
    const session = aSession({ vmLogin: String.raw`CORP\AzureUser` });
    const ports = await world(aHostState({ trackedSessions: [aTrackedSession({ session })] }), {
      policy: aPolicy({ rules }),
    });
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, shows(session));
    await poll(ports);
    expect(await ports.alerts.get('id-1')).toMatchObject({ rule: { name: 'ours' } });
  });

  it.each([
    [15 * second, 0],
    [15 * second + 1, 1],
  ])('is confirmed without another reading by one begun %d ms before: %d more', async (before, readings) => {
    const ports = await world(aHostState({ triedAt: noon - before, readAt: noon - before }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports, noon - 15 * second);
    expect(ports.bastion.readings).toHaveLength(readings);
    expect(await ports.alerts.get('id-1')).toMatchObject({ state: { is: 'open' } });
  });

  it('is alerted on unconfirmed when its host stays silent, and confirmed when it answers', async () => {
    const ports = await world(aHostState({ triedAt: noon - minute, readAt: noon - minute }));
    ports.bastion.answer(hostId, timedOut);
    for (const [now, alert] of [
      [noon, undefined],
      [noon + 3 * minute - 1, undefined],
      [noon + 3 * minute, { seenAt: noon - minute, state: { is: 'unconfirmed' } }],
    ] as const) {
      ports.time.now = now;
      await poll(ports);
      const [raised] = await ports.alerts.many(['id-1', 'id-2']);
      expect(raised && { seenAt: raised.seenAt, state: raised.state }).toEqual(alert);
    }
    ports.time.now = noon + 4 * minute;
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    expect(await ports.alerts.get('id-2')).toMatchObject({
      seenAt: noon + 4 * minute,
      state: { is: 'open' },
    });
  });

  it('is polled for at its moment', async () => {
    const ports = await world(aHostState({ triedAt: noon - minute, readAt: noon - minute }));
    ports.time.now = noon - minute;
    await poll(ports);
    expect(ports.jobs.polls).toEqual([{ hostId, at: noon }]);
  });

  it('is alerted on or polled for, even when it is due in the middle of a poll', async () => {
    for (let ticks = 0; ticks < 10; ticks += 1) {
      const ports = await world(aHostState({ triedAt: noon - second, readAt: noon - second }));
      ports.time.now = noon - ticks;
      const ticking = { ...ports, clock: () => (ports.time.now += 1) };
      await poll(ticking, noon - 15 * second);
      const isRaised = (await ports.alerts.many(['id-1'])).length === 1;
      expect([ticks, isRaised || ports.jobs.polls.some(({ at }) => at === noon)]).toEqual([ticks, true]);
    }
  });
});

describe('an alert whose rule has changed', () => {
  const later = aPolicy({ rules: [aRule({ warnAfterMs: 3 * hour })] });

  it('is closed on its card, and a new one comes at the new limit', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await settle(ports);
    const raised = { ...ports, policy: later };
    for (const now of [noon + minute, noon + 2 * minute, noon + 2 * hour]) {
      ports.time.now = now;
      await poll(raised);
      await settle(raised);
    }
    expect(ports.channel.messages.map(({ content }) => content)).toMatchObject([
      { alert: { state: { is: 'lifted', at: noon + minute, limit: { warnAfterMs: 3 * hour } } } },
      { alert: { state: { is: 'open' }, rule: { warnAfterMs: 3 * hour } } },
    ]);
    expect(await ports.hostStates.get(hostId)).toMatchObject({
      trackedSessions: [{ alertId: expect.anything() }],
    });
  });

  it('is one card while replicas with the old and the new rules take turns', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, shows(aSession()));
    for (let turn = 0; turn < 6; turn += 1) {
      ports.time.now = noon + turn * minute;
      await poll(turn % 2 === 0 ? ports : { ...ports, policy: later });
      await settle(ports);
    }
    expect(ports.channel.messages).toHaveLength(1);
  });
});
