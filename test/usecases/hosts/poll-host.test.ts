import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { HostMemory } from '../../../src/domain/sessions/host-state.ts';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import {
  aHost,
  aMemory,
  anAlert,
  aPolicy,
  aRule,
  aSession,
  aWatch,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id: hostId } = aHost();
const second = 1000;
const timedOut: ReadingResult = { ok: false, failure: { kind: 'timed-out' } };
const hostGone: ReadingResult = { ok: false, failure: { kind: 'host-gone' } };
const shows = (...sessions: Session[]): ReadingResult => ({ ok: true, sessions });
const alertCard = (id: string) => ({
  kind: 'card',
  key: { card: 'alert', id },
});

/** Sessions are alerted on after an hour: the one of `aSession` crosses at noon. */
const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });

async function world(
  memory: HostMemory = aMemory(),
  overrides: Partial<MemoryPorts> = {},
): Promise<MemoryPorts> {
  const ports = memoryPorts({ policy, ...overrides });
  const alerts = memory.watches.flatMap(({ alertId, ref, session }) =>
    alertId === undefined ? [] : [anAlert({ id: alertId, ref, session })],
  );
  await remember(ports, memory, alerts);
  return ports;
}

const poll = async (ports: Ports, freshSince = ports.clock()) =>
  pollHost(ports, hostId, { freshSince, haste: 'background' });
const named = (...ids: string[]) => ids.map((sessionId) => aSession({ sessionId, startedAt: noon }));
const watching = (...ids: string[]) =>
  named(...ids).map((session) => aWatch({ ref: session.sessionId, session }));

describe('a poll', () => {
  it('reads the host and remembers what it showed', async () => {
    const ports = await world();
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, shows(aSession({ sessionId: 'session-2', startedAt: noon })));
    const polled = await poll(ports);
    expect(polled).toMatchObject({ is: 'read', memory: { readAt: noon + minute } });
    const memory = await ports.watches.get(hostId);
    expect(memory?.watches).toMatchObject([{ session: { sessionId: 'session-2' } }]);
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
    const ports = await world(aMemory({ triedAt: later, readAt: later }));
    ports.bastion.answer(hostId, shows());
    expect(await poll(ports)).toMatchObject({ is: 'read', memory: { readAt: noon, watches: [] } });
  });

  it('takes a failed reading too: asking at once does not help', async () => {
    const ports = await world(aMemory({ failing: { since: noon, failure: { kind: 'timed-out' } } }));
    expect(await poll(ports)).toMatchObject({ is: 'read', memory: { failing: { since: noon } } });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('never takes a doubtful reading', async () => {
    const ports = await world(aMemory({ emptiedAt: noon }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    expect(ports.bastion.readings).toEqual([hostId]);
  });

  it('leaves a host alone that somebody else reads', async () => {
    const ports = await world();
    await ports.readings.begin(hostId, minute);
    expect(await poll(ports, noon + 1)).toEqual({ is: 'busy', memory: await ports.watches.get(hostId) });
    expect(ports.bastion.readings).toEqual([]);
  });

  it('takes whatever is thrown for a failure of this host, and gives its turn back', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => Promise.reject(new RangeError('Invalid time value')));
    expect(await poll(ports, noon + 1)).toMatchObject({
      is: 'read',
      memory: { failing: { since: noon, failure: { kind: 'not-understood' } } },
    });
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'a reading broke off' }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports, noon + 1);
    expect((await ports.watches.get(hostId))?.failing).toBeUndefined();
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
      await remember(ports, aMemory({ watches: [aWatch(), ...watching('b')] }));
      return shows(aSession());
    });
    const polled = await poll(ports);
    expect(polled).toMatchObject({ is: 'read', memory: { version: 2 } });
    const memory = await ports.watches.get(hostId);
    expect(memory).toMatchObject({ version: 3, watches: [{ ref: 'ref-1' }] });
  });

  it('never overwrites a newer reading, and takes that one', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => {
      await remember(ports, aMemory({ lastCounter: 99, readAt: noon + second, watches: watching('newer') }));
      return shows();
    });
    expect(await poll(ports, noon + 1)).toMatchObject({
      is: 'read',
      memory: { lastCounter: 99, watches: [{ ref: 'newer' }] },
    });
    expect(await ports.watches.get(hostId)).toMatchObject({ version: 2, readAt: noon + second });
  });

  it('lets a host stay forgotten that was forgotten meanwhile', async () => {
    const ports = await world();
    ports.bastion.answer(hostId, async () => {
      const memory = await ports.watches.get(hostId);
      if (memory) await ports.watches.forget(memory, { ...memory, watches: [] }, []);
      return shows(aSession());
    });
    expect(await poll(ports, noon + 1)).toEqual({ is: 'unknown-host' });
    expect(await ports.watches.get(hostId)).toBeUndefined();
  });
});

describe('a session over its limit', () => {
  it('gets one alert, in one step with its host and its card', async () => {
    const ports = await world();
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await poll(ports, noon + 2 * second);
    const memory = await ports.watches.get(hostId);
    expect(memory?.watches).toMatchObject([{ ref: 'ref-1', alertId: 'id-1' }]);
    expect(await ports.alerts.get('id-1')).toMatchObject({ version: 1, state: { is: 'open' } });
    expect(await ports.due.by(noon + hour, 9)).toEqual([alertCard('id-1')]);
    expect(ports.jobs.attended).toEqual([alertCard('id-1')]);
  });

  it.each([
    [15 * second, 0],
    [15 * second + 1, 1],
  ])('is confirmed without another reading by one begun %d ms before: %d more', async (before, readings) => {
    const ports = await world(aMemory({ triedAt: noon - before, readAt: noon - before }));
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports, noon - 15 * second);
    expect(ports.bastion.readings).toHaveLength(readings);
    expect(await ports.alerts.get('id-1')).toMatchObject({ state: { is: 'open' } });
  });

  it('is alerted on unconfirmed when its host stays silent, and confirmed when it answers', async () => {
    const ports = await world(aMemory({ triedAt: noon - minute, readAt: noon - minute }));
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
    const ports = await world(aMemory({ triedAt: noon - minute, readAt: noon - minute }));
    ports.time.now = noon - minute;
    await poll(ports);
    expect(ports.jobs.polls).toEqual([{ hostId, at: noon }]);
  });

  it('is alerted on or polled for, even when it crosses in the middle of a poll', async () => {
    for (let ticks = 0; ticks < 10; ticks += 1) {
      const ports = await world(aMemory({ triedAt: noon - second, readAt: noon - second }));
      ports.time.now = noon - ticks;
      const ticking = { ...ports, clock: () => (ports.time.now += 1) };
      await poll(ticking, noon - 15 * second);
      const isRaised = (await ports.alerts.many(['id-1'])).length === 1;
      expect([ticks, isRaised || ports.jobs.polls.some(({ at }) => at === noon)]).toEqual([ticks, true]);
    }
  });
});

describe('a session that ends', () => {
  const alerted = aMemory({ watches: [aWatch({ alertId: 'alert-1' })] });

  it('ends its alert', async () => {
    const ports = await world(alerted);
    ports.time.now = noon + minute;
    ports.bastion.answer(hostId, shows());
    await poll(ports);
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      version: 2,
      state: { is: 'ended', checkedAt: noon + minute },
    });
    expect(ports.jobs.attended).toEqual([alertCard('alert-1')]);
  });

  it.each([timedOut, hostGone])('is not called ended while its host is silent: %j', async (answer) => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, answer);
    await poll(ports, noon + 1);
    expect(await ports.alerts.get('alert-1')).toMatchObject({ version: 1, state: { is: 'open' } });
    expect(await ports.watches.find('ref-1')).toBeDefined();
    expect(ports.lines).toContainEqual(expect.objectContaining({ event: 'could not rely on a reading' }));
  });

  it('is looked for once more when a busy host lost all of them', async () => {
    const ports = await world(aMemory({ watches: watching('a', 'b', 'c') }));
    ports.time.now = noon + second;
    ports.bastion.answer(hostId, shows());
    await poll(ports);
    expect(ports.jobs.polls).toContainEqual({ hostId, at: noon + 6 * second });
    const doubted = await ports.watches.get(hostId);
    expect(doubted?.watches).toHaveLength(3);
    ports.time.now = noon + 6 * second;
    await poll(ports);
    const believed = await ports.watches.get(hostId);
    expect(believed?.watches).toEqual([]);
  });

  it('is lost sight of with its host, which is forgotten', async () => {
    const ports = await world(alerted);
    ports.bastion.answer(hostId, hostGone);
    await poll(ports, noon + 1);
    ports.time.now = noon + minute;
    expect(await poll(ports)).toEqual({ is: 'unknown-host' });
    expect(await ports.watches.get(hostId)).toBeUndefined();
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      state: { is: 'lost', at: noon + minute, why: 'host-gone' },
    });
    expect(ports.jobs.attended).toEqual([alertCard('alert-1')]);
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
    expect(await ports.watches.find('ref-1')).toMatchObject({ watch: { alertId: 'alert-1' } });
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
    expect(await ports.watches.get(hostId)).toMatchObject({
      watches: [{ ref: 'ref-1', alertId: 'alert-1' }],
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
    expect(await ports.watches.get(hostId)).toMatchObject({ watches: [] });
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
    expect(await ports.watches.get(hostId)).toMatchObject({ watches: [{ alertId: 'alert-1' }] });
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
    expect(await ports.watches.get(hostId)).toMatchObject({ watches: [{ alertId: expect.anything() }] });
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
      const memory = await ports.watches.get(hostId);
      expect(memory?.watches).toHaveLength(1);
    },
  );

  it.each(cuts)('$when call $call leaves the next one to end the alert', async ({ call, when }) => {
    const ports = await world(aMemory({ watches: [aWatch({ alertId: 'alert-1' })] }));
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

describe('two replicas that poll one host', () => {
  it('raise one alert for each session over its limit, whoever goes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const sessions = [aSession(), aSession({ sessionId: 'session-2', vmLogin: 'dba' })];
        const ports = await world(aMemory({ watches: [] }));
        ports.time.now = noon + second;
        ports.bastion.answer(hostId, shows(...sessions));
        const replica = interleaved(ports, scheduler);
        const polls = [poll(replica), poll(replica), poll(replica, 0)];
        await scheduler.waitFor(Promise.all(polls));
        await settle(ports);
        const memory = await ports.watches.get(hostId);
        const alertIds = memory?.watches.map(({ alertId }) => alertId) ?? [];
        expect(new Set(alertIds).size).toBe(2);
        expect(ports.channel.messages).toHaveLength(2);
      }),
      runs(60),
    );
  });
});

describe('a host that cannot be read', () => {
  const blindCard = (id: string) => ({ kind: 'card', key: { card: 'blindness', id } });

  it('raises one card after three polls, closed by the next good reading', async () => {
    const ports = await world(aMemory({ triedAt: noon - minute, readAt: noon - minute }), {
      policy: aPolicy(),
    });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 0; polls < 5; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    expect(await ports.blindnesses.get('id-1')).toMatchObject({
      version: 1,
      since: noon,
      readAt: noon - minute,
      failure: { kind: 'timed-out' },
      state: { is: 'blind' },
    });
    expect(await ports.due.by(ports.time.now, 9)).toEqual([blindCard('id-1')]);
    await settle(ports, minute / 2);
    expect(ports.channel.messages).toMatchObject([{ content: { blindness: { state: { is: 'blind' } } } }]);

    ports.time.now = noon + 5 * minute;
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    expect(await ports.blindnesses.get('id-1')).toMatchObject({
      version: 2,
      state: { is: 'seeing', readAt: noon + 5 * minute },
    });
    expect((await ports.watches.get(hostId))?.blindnessId).toBeUndefined();
    await settle(ports, minute);
    expect(ports.channel.messages).toMatchObject([{ content: { blindness: { state: { is: 'seeing' } } } }]);
  });

  it('is told to nobody where it is over before its card had waited for company', async () => {
    const ports = await world(aMemory({ triedAt: noon - minute, readAt: noon - minute }), {
      policy: aPolicy(),
    });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 0; polls < 3; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    await settle(ports, 10_000);
    ports.bastion.answer(hostId, shows(aSession()));
    await poll(ports);
    await settle(ports);
    expect(await ports.blindnesses.get('id-1')).toMatchObject({ state: { is: 'seeing' } });
    expect(ports.channel.messages).toEqual([]);
    expect(await ports.due.by(ports.time.now, 9)).toEqual([]);
  });

  it('is closed where the host is gone', async () => {
    const ports = await world(aMemory(), { policy: aPolicy() });
    ports.bastion.answer(hostId, timedOut);
    for (let polls = 1; polls < 4; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    ports.bastion.answer(hostId, hostGone);
    for (let polls = 4; polls < 6; polls += 1) {
      ports.time.now = noon + polls * minute;
      await poll(ports);
    }
    expect(await ports.blindnesses.get('id-1')).toMatchObject({ state: { is: 'host-gone' } });
  });
});
