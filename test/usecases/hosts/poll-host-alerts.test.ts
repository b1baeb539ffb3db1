import { describe, expect, it } from '@jest/globals';
import {
  aHost,
  aHostState,
  anAlert,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import {
  alertCard,
  hostGone,
  hostId,
  policy,
  poll,
  second,
  shows,
  timedOut,
  tracking,
  world,
} from './polled-host.ts';

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

  it('is alerted on or polled for, even when it crosses in the middle of a poll', async () => {
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

describe('a session that ends', () => {
  const alerted = aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] });

  it('ends its alert', async () => {
    const ports = await world(alerted);
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, shows());
    await poll(ports);
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      version: 2,
      state: { is: 'ended', checkedAt: noon + minute },
    });
    expect(ports.jobs.enqueued).toEqual([alertCard('alert-1')]);
  });

  it.each([timedOut, hostGone])('is not called ended while its host is silent: %j', async (answer) => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, answer);
    await poll(ports, noon + 1);
    expect(await ports.alerts.get('alert-1')).toMatchObject({ version: 1, state: { is: 'open' } });
    expect(await ports.hostStates.find('ref-1')).toBeDefined();
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'could not rely on a reading' }));
  });

  it('is looked for once more when a busy host lost all of them', async () => {
    const ports = await world(aHostState({ trackedSessions: tracking('a', 'b', 'c') }));
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, shows());
    await poll(ports);
    expect(ports.jobs.polls).toContainEqual({ hostId, at: noon + 6 * second });
    const doubted = await ports.hostStates.get(hostId);
    expect(doubted?.trackedSessions).toHaveLength(3);
    ports.time.now = noon + 6 * second;
    await poll(ports);
    const believed = await ports.hostStates.get(hostId);
    expect(believed?.trackedSessions).toEqual([]);
  });

  it('is lost sight of with its host, which is forgotten', async () => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, hostGone);
    await poll(ports, noon + 1);
    ports.time.now = noon + minute;
    expect(await poll(ports)).toEqual({ is: 'unknown-host' });
    expect(await ports.hostStates.get(hostId)).toBeUndefined();
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      state: { is: 'lost', at: noon + minute, why: 'host-gone' },
    });
    expect(ports.jobs.enqueued).toEqual([alertCard('alert-1')]);
  });

  it('has the same alert, as people left it, when its host comes back, and no second message', async () => {
    const ports = await world(alerted);
    const alert = await ports.alerts.get('alert-1');
    const handling = { is: 'acknowledged', by: 'U0FAY', at: noon } as const;
    if (alert)
      await ports.alerts.save({ ...alert, handling }, { at: noon, by: 'U0FAY', what: 'alert-acknowledged' });
    await settle(ports);
    for (const result of [hostGone, hostGone]) {
      ports.bastion.answer(hostId, result);
      ports.time.now += minute;
      await poll(ports);
    }
    await settle(ports);
    expect(ports.channel.messages).toMatchObject([{ content: { alert: { state: { is: 'lost' } } } }]);
    await ports.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, ports.time.now);
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await settle(ports);
    expect(ports.channel.messages).toMatchObject([
      { content: { alert: { id: 'alert-1', state: { is: 'open' }, handling } } },
    ]);
    expect(ports.channel.calls.post).toBe(1);
    expect(await ports.hostStates.find('ref-1')).toMatchObject({ tracked: { alertId: 'alert-1' } });
  });

  it('has the same alert when it is seen again after a day of silence', async () => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, timedOut);
    ports.time.now = noon + 24 * hour;
    await poll(ports);
    ports.bastion.answer(hostId, shows(aSession()));
    ports.time.now += minute;
    await poll(ports);
    expect(await ports.alerts.get('alert-1')).toMatchObject({ state: { is: 'open' } });
    expect(await ports.hostStates.get(hostId)).toMatchObject({
      trackedSessions: [{ ref: 'ref-1', alertId: 'alert-1' }],
      lost: [],
    });
  });

  it('is lost sight of after a day of silence, and its host is kept', async () => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, timedOut);
    const everyMs = 3 * minute;
    for (let silentMs = everyMs; silentMs <= 24 * hour + everyMs; silentMs += everyMs) {
      expect(await ports.alerts.get('alert-1')).not.toMatchObject({ state: { is: 'lost' } });
      ports.time.now = noon + silentMs;
      await poll(ports);
    }
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      state: { is: 'lost', why: 'unknown-too-long' },
    });
    expect(await ports.hostStates.get(hostId)).toMatchObject({ trackedSessions: [] });
  });

  it('is not lost sight of by one reading that fails after the bot was off for a day', async () => {
    const snoozed = { is: 'snoozed', by: 'U0BOB', at: noon, until: noon + 48 * hour, reason: 'x' } as const;
    const ports = memoryPorts({ policy });
    await remember(ports, alerted, [anAlert({ handling: snoozed })]);
    ports.bastion.answer(hostId, timedOut);
    ports.time.now = noon + 24 * hour;
    await poll(ports);
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      state: { is: 'unconfirmed' },
      handling: snoozed,
    });
    expect(await ports.hostStates.get(hostId)).toMatchObject({ trackedSessions: [{ alertId: 'alert-1' }] });
    ports.bastion.answer(hostId, shows(aSession()));
    ports.time.now += minute;
    await poll(ports);
    expect(await ports.alerts.get('alert-1')).toMatchObject({ state: { is: 'open' }, handling: snoozed });
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
