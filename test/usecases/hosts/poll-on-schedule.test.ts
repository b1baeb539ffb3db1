import { describe, expect, it } from '@jest/globals';
import { pollHostOnSchedule } from '../../../src/usecases/hosts/poll-on-schedule.ts';
import { aHost, aHostState, aPolicy, aRule, aSession, hour, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const { id: hostId } = aHost();
const second = 1000;

/** The session of `aSession` reaches its limit at noon; its host was read `before` that. */
async function world(before: number, everyMs = 60 * second) {
  const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })], polling: { everyMs } });
  const ports = memoryPorts({ policy });
  await remember(ports, aHostState({ triedAt: noon - before, readAt: noon - before }));
  ports.bastion.answer(hostId, { ok: true, sessions: [aSession()] });
  return ports;
}

describe('a scheduled poll', () => {
  it.each([
    [5 * second, 60 * second, 0],
    [5 * second + 1, 60 * second, 1],
    [second, 2 * second, 0],
    [second + 1, 2 * second, 1],
  ])('takes a reading %d ms old, at one every %d ms, or reads: %d', async (age, everyMs, readings) => {
    const ports = await world(age, everyMs);
    expect(await pollHostOnSchedule(ports, { hostId })).toBe('done');
    expect(ports.bastion.readings).toHaveLength(readings);
  });

  it('takes the turn of its host, and comes to nothing once somebody has', async () => {
    const ports = await world(hour);
    await ports.turns.match([hostId], 60 * second);
    await pollHostOnSchedule(ports, { hostId });
    expect(await ports.turns.due(60 * second, 10)).toEqual([]);
    ports.time.now += 30 * second;
    expect(await pollHostOnSchedule(ports, { hostId })).toBe('done');
    expect(ports.bastion.readings).toHaveLength(1);
  });

  it('does not read a host whose turn was put off while it waited', async () => {
    const ports = await world(hour);
    await ports.turns.match([hostId], 60 * second);
    await ports.turns.dueAt(hostId, noon + 10 * second, 60 * second);
    await pollHostOnSchedule(ports, { hostId });
    expect(ports.bastion.readings).toEqual([]);
    ports.time.now = noon + 10 * second;
    await pollHostOnSchedule(ports, { hostId });
    expect(ports.bastion.readings).toEqual([hostId]);
  });

  it('says when somebody else reads the host', async () => {
    const ports = await world(hour);
    await ports.readings.begin(hostId, 90 * second);
    expect(await pollHostOnSchedule(ports, { hostId })).toBe('busy');
  });

  it('has nothing to do for a host that is not known', async () => {
    expect(await pollHostOnSchedule(memoryPorts(), { hostId })).toBe('done');
  });
});

describe('the extra poll for a due time', () => {
  it('takes no turn', async () => {
    const ports = await world(hour);
    await ports.turns.match([hostId], 60 * second);
    await pollHostOnSchedule(ports, { hostId, at: noon });
    expect(ports.bastion.readings).toEqual([hostId]);
    expect(await ports.turns.due(60 * second, 10)).toEqual([hostId]);
  });

  it.each([
    [15 * second, 0],
    [15 * second + 1, 1],
  ])('takes a reading begun %d ms before it, or reads: %d', async (before, readings) => {
    const ports = await world(before);
    await pollHostOnSchedule(ports, { hostId, at: noon });
    expect(ports.bastion.readings).toHaveLength(readings);
    expect(await ports.alerts.get('id-1')).toMatchObject({ state: { is: 'open' } });
  });

  it.each([1, 200, 5 * second])('waits for its moment when it comes %d ms early', async (early) => {
    const ports = await world(second + early);
    ports.time.now = noon - early;
    await pollHostOnSchedule(ports, { hostId, at: noon });
    expect(ports.time.now).toBe(noon);
    expect(await ports.alerts.get('id-1')).toMatchObject({ raisedAt: noon });
  });

  it('does not wait long on a clock that was set back', async () => {
    const ports = await world(second);
    ports.time.now = noon - hour;
    await pollHostOnSchedule(ports, { hostId, at: noon });
    expect(ports.time.now).toBe(noon - hour + 5 * second);
  });
});
