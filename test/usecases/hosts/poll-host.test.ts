import { describe, expect, it } from '@jest/globals';
import { aHostState, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { Died, dyingAt } from '../../support/calls.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { hostId, poll, second, shows, tracking, world } from './polled-host.ts';

describe('a poll', () => {
  it('reads the host and remembers what it showed', async () => {
    const ports = await world();
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, shows(aSession({ sessionId: 'session-2', startedAt: noon })));
    const polled = await poll(ports);
    expect(polled).toMatchObject({ is: 'read', hostState: { readAt: noon + minute } });
    const hostState = await ports.hostStates.get(hostId);
    expect(hostState?.trackedSessions).toMatchObject([{ session: { sessionId: 'session-2' } }]);
  });

  it('knows nothing of a host that nobody found', async () => {
    const ports = memoryPorts();
    expect(await poll(ports)).toEqual({ is: 'unknown-host' });
    expect(ports.bastion.readings).toEqual([]);
  });

  it.each([
    [noon - 1, 0],
    [noon, 0],
    [noon + 1, 1],
  ])('wanting a reading since %d takes the one begun at noon or reads: %d', async (freshSince, readings) => {
    const ports = await world();
    ports.bastion.answer(hostId, shows(aSession()));
    expect(await poll(ports, freshSince)).toMatchObject({ is: 'read' });
    expect(ports.bastion.readings).toHaveLength(readings);
  });

  it('reads when the clock has gone back: a reading from later says nothing of now', async () => {
    const later = noon + hour;
    const ports = await world(aHostState({ triedAt: later, readAt: later }));
    ports.bastion.answer(hostId, shows());
    expect(await poll(ports)).toMatchObject({ is: 'read', hostState: { readAt: noon, trackedSessions: [] } });
  });

  it('takes a failed reading too: asking at once does not help', async () => {
    const ports = await world(aHostState({ failing: { since: noon, failure: { kind: 'timed-out' } } }));
    expect(await poll(ports)).toMatchObject({ is: 'read', hostState: { failing: { since: noon } } });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('never takes a doubtful reading', async () => {
    const ports = await world(aHostState({ doubtfulSince: noon }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    expect(ports.bastion.readings).toEqual([hostId]);
  });

  it('leaves a host alone that somebody else reads', async () => {
    const ports = await world();
    await ports.readings.begin(hostId, minute);
    expect(await poll(ports, noon + 1)).toEqual({
      is: 'busy',
      hostState: await ports.hostStates.get(hostId),
    });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('takes whatever is thrown for a failure of this host, and gives its turn back', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => Promise.reject(new RangeError('Invalid time value')));
    expect(await poll(ports, noon + 1)).toMatchObject({
      is: 'read',
      hostState: { failing: { since: noon, failure: { kind: 'not-understood' } } },
    });
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'a reading broke off' }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports, noon + 1);
    expect((await ports.hostStates.get(hostId))?.failing).toBeUndefined();
  });

  it('lets the next turn come when Azure wants to be asked again', async () => {
    const ports = await world();
    await ports.turns.match([hostId], minute);
    await ports.turns.take(hostId, minute);
    ports.bastion.answer(hostId, {
      ok: false,
      failure: { kind: 'throttled', of: 'host', retryAt: noon + 7 * second },
    });
    await poll(ports, noon + 1);
    ports.time.now = noon + 7 * second - 1;
    expect(await ports.turns.due(minute, 1)).toEqual([]);
    ports.time.now += 1;
    expect(await ports.turns.due(minute, 1)).toEqual([hostId]);
  });

  it('reads a host whose reader never came back', async () => {
    const ports = await world();
    await ports.readings.begin(hostId, 90 * second);
    ports.time.now += 90 * second;
    ports.bastion.answer(hostId, shows(aSession()));
    expect(await poll(ports)).toMatchObject({ is: 'read' });
  });

  it('draws its conclusions anew when the host changed meanwhile', async () => {
    const ports = await world();
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, async () => {
      await remember(ports, aHostState({ trackedSessions: [aTrackedSession(), ...tracking('b')] }));
      return shows(aSession());
    });
    const polled = await poll(ports);
    expect(polled).toMatchObject({ is: 'read', hostState: { version: 2 } });
    const hostState = await ports.hostStates.get(hostId);
    expect(hostState).toMatchObject({ version: 3, trackedSessions: [{ ref: 'ref-1' }] });
  });

  it('never overwrites a newer reading, and takes that one', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => {
      await remember(
        ports,
        aHostState({ lastCounter: 99, readAt: noon + second, trackedSessions: tracking('newer') }),
      );
      return shows();
    });
    expect(await poll(ports, noon + 1)).toMatchObject({
      is: 'read',
      hostState: { lastCounter: 99, trackedSessions: [{ ref: 'newer' }] },
    });
    expect(await ports.hostStates.get(hostId)).toMatchObject({ version: 2, readAt: noon + second });
  });

  it('lets a host stay forgotten that was forgotten meanwhile', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => {
      const hostState = await ports.hostStates.get(hostId);
      if (hostState) await ports.hostStates.forget(hostState, { ...hostState, trackedSessions: [] }, []);
      return shows(aSession());
    });
    expect(await poll(ports, noon + 1)).toEqual({ is: 'unknown-host' });
    expect(await ports.hostStates.get(hostId)).toBeUndefined();
  });
});

describe('a poll that is cut off', () => {
  const calls = Array.from({ length: 12 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)(
    '$when call $call leaves the next one to raise one alert, shown once',
    async ({ call, when }) => {
      const ports = await world();
      ports.time.now = noon + second;
      ports.bastion.answer(hostId, shows(aSession()));
      await expect(poll(dyingAt(ports, call, when)).catch(diedOnly)).resolves.not.toBeInstanceOf(Error);
      await settle(ports);
      await poll(ports);
      await settle(ports);
      expect(ports.channel.messages).toMatchObject([
        { content: { alert: { ref: 'ref-1', state: { is: 'open' } } } },
      ]);
      const hostState = await ports.hostStates.get(hostId);
      expect(hostState?.trackedSessions).toHaveLength(1);
    },
  );

  it.each(cuts)('$when call $call leaves the next one to end the alert', async ({ call, when }) => {
    const ports = await world(aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] }));
    await settle(ports);
    ports.bastion.answer(hostId, shows());
    await expect(poll(dyingAt(ports, call, when)).catch(diedOnly)).resolves.not.toBeInstanceOf(Error);
    await settle(ports);
    await poll(ports);
    await settle(ports);
    expect(ports.channel.messages).toMatchObject([{ content: { alert: { state: { is: 'ended' } } } }]);
    expect(ports.channel.calls.post).toBe(1);
  });

  function diedOnly(error: unknown): undefined {
    if (!(error instanceof Died)) throw error;
  }
});
