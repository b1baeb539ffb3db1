import { describe, expect, it } from '@jest/globals';
import {
  aHost,
  aHostState,
  anAlert,
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
