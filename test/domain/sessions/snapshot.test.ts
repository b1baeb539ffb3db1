import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { HostState, TrackedSession } from '../../../src/domain/sessions/host-state.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { Reading } from '../../../src/domain/sessions/reading.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { isMissedTwice, observe, recall } from '../../../src/domain/sessions/snapshot.ts';
import { failure, session } from '../../support/arbitrary.ts';
import { aHost, aHostState, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const later = noon + minute;
const second = 1000;
const timedOut: AzureFailure = { kind: 'timed-out' };
const hostGone: AzureFailure = { kind: 'host-gone' };

function shows(sessions: readonly Session[], overrides: Partial<Reading> = {}): Reading {
  return { hostId: aHost().id, counter: 2, begunAt: later, result: { ok: true, sessions }, ...overrides };
}

function fails(reason: AzureFailure, overrides: Partial<Reading> = {}): Reading {
  return shows([], { result: { ok: false, failure: reason }, ...overrides });
}

function counting(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `new-${last}`;
  };
}

const look = (hostState: HostState, reading: Reading) =>
  observe(hostState, reading, { newRef: counting(), everyMs: minute });
const sightingsOf = ({ sightings }: Snapshot) =>
  sightings.map(({ tracked, sighting }) => `${tracked.ref} ${sighting}`);
const named = (...ids: string[]) => ids.map((sessionId) => aSession({ sessionId }));
const tracking = (...ids: string[]) =>
  aHostState({
    trackedSessions: named(...ids).map((one) => aTrackedSession({ ref: one.sessionId, session: one })),
  });

describe('a good reading', () => {
  it('keeps what it still shows, opens what is new and ends what it no longer shows', () => {
    const snapshot = look(tracking('a', 'b'), shows(named('b', 'c')));
    expect(snapshot.verdict).toBe('good');
    expect(sightingsOf(snapshot)).toEqual(['b open', 'new-1 open', 'a gone']);
    expect(snapshot.hostState).toMatchObject({ readAt: later, triedAt: later, lastCounter: 2 });
    expect(snapshot.hostState.trackedSessions.map(({ session: { sessionId } }) => sessionId)).toEqual([
      'b',
      'c',
    ]);
  });

  it('counts an answer with no sessions as one, on a host that is not busy', () => {
    expect(sightingsOf(look(tracking('a', 'b'), shows([])))).toEqual(['a gone', 'b gone']);
  });

  it('takes the same id with another start for another session', () => {
    const snapshot = look(aHostState(), shows([aSession({ startedAt: noon })]));
    expect(sightingsOf(snapshot)).toEqual(['new-1 open', 'ref-1 gone']);
  });

  it('keeps the first value of a start that wanders, and the alert that was raised', () => {
    const first = aSession({ startedAtFrom: 'duration' });
    const hostState = aHostState({
      trackedSessions: [aTrackedSession({ session: first, alertId: 'alert-1' })],
    });
    const seen = { ...first, startedAt: first.startedAt + minute, vmLogin: 'named-now' };
    expect(look(hostState, shows([seen])).hostState.trackedSessions).toEqual([
      { ref: 'ref-1', alertId: 'alert-1', session: { ...first, vmLogin: 'named-now' } },
    ]);
  });

  it('counts a repeated row once', () => {
    expect(
      look(unreadHostState(aHost()), shows(named('a', 'b', 'a'))).hostState.trackedSessions,
    ).toHaveLength(2);
  });

  it('compares sessions without an id with few others, however many there are', () => {
    let compared = 0;
    const withoutId = Array.from({ length: 500 }, (_, index) => ({
      ...aSession({ sessionId: '' }),
      get vm() {
        compared += 1;
        return { name: `vm-${index}` };
      },
    }));
    const { hostState } = look(unreadHostState(aHost()), shows(withoutId));
    expect(look(hostState, shows(withoutId, { counter: 3 })).sightings).toHaveLength(500);
    expect(compared).toBeLessThan(100 * withoutId.length);
  });

  it('ends a run of failures', () => {
    const failing = { since: noon, failure: timedOut };
    expect(look(aHostState({ failing }), shows([aSession()])).hostState).not.toHaveProperty('failing');
  });
});

describe('a failed reading', () => {
  it('makes sessions unknown and leaves what is remembered of them', () => {
    const hostState = tracking('a', 'b');
    const snapshot = look(hostState, fails(timedOut));
    expect(snapshot.verdict).toBe('failed');
    expect(sightingsOf(snapshot)).toEqual(['a unknown', 'b unknown']);
    expect(snapshot.hostState).toEqual({
      ...hostState,
      lastCounter: 2,
      triedAt: later,
      failing: { since: later, failure: timedOut },
    });
  });

  it('keeps when the run of failures began, and why the last one failed', () => {
    const hostState = aHostState({ failing: { since: noon - hour, failure: timedOut } });
    const denied: AzureFailure = { kind: 'forbidden', action: 'x' };
    expect(look(hostState, fails(denied)).hostState.failing).toEqual({
      since: noon - hour,
      failure: denied,
      triedForMs: minute,
    });
  });
});

describe('a host that is not listed by its nature', () => {
  const unsupported: AzureFailure = { kind: 'unsupported', code: 'DeveloperSku' };

  it('begins a silence with its first other failure, and not with its nature', () => {
    const quiet = aHostState({ failing: { since: noon - hour, failure: unsupported } });
    expect(look(quiet, fails(timedOut)).hostState.failing?.since).toBe(later);
    const silent = aHostState({ failing: { since: noon - hour, failure: timedOut } });
    expect(look(silent, fails(unsupported)).hostState.failing?.since).toBe(later);
    expect(look(quiet, fails(unsupported)).hostState.failing?.since).toBe(noon - hour);
  });
});

describe('a host that Azure says is gone', () => {
  const muchLater = later + minute;

  it('is believed only the second time, an interval after the first', () => {
    const once = look(aHostState(), fails(hostGone));
    expect(once.verdict).toBe('failed');
    const soon = look(once.hostState, fails(hostGone, { counter: 3, begunAt: later + 30 * second }));
    expect(soon.verdict).toBe('failed');
    const again = fails(hostGone, { counter: 4, begunAt: muchLater });
    expect(look(soon.hostState, again).verdict).toBe('host-gone');
  });

  it('is believed by its own word only: another failure before does not count', () => {
    const { hostState } = look(aHostState(), fails(timedOut, { begunAt: noon - hour }));
    expect(look(hostState, fails(hostGone, { counter: 3 })).verdict).toBe('failed');
  });

  it.each([
    ['another failure', fails(timedOut, { counter: 3, begunAt: later + 30 * second })],
    ['an answer', shows([aSession()], { counter: 3, begunAt: later + 30 * second })],
  ])('is not believed when %s comes in between', (_what, between) => {
    const once = look(aHostState(), fails(hostGone));
    const { hostState } = look(once.hostState, between);
    expect(look(hostState, fails(hostGone, { counter: 4, begunAt: muchLater })).verdict).toBe('failed');
  });

  it('is missed by a second search an interval after the first', () => {
    expect(isMissedTwice(aHostState(), noon, minute)).toBe(false);
    expect(isMissedTwice(aHostState({ missedAt: noon }), noon + 30 * second, minute)).toBe(false);
    expect(isMissedTwice(aHostState({ missedAt: noon }), noon + minute, minute)).toBe(true);
  });

  it('is not missed once a reading has found it', () => {
    expect(look(aHostState({ missedAt: noon }), shows([])).hostState.missedAt).toBeUndefined();
  });
});

describe('a session that was given up', () => {
  const given = aHostState({
    trackedSessions: [],
    lost: [{ ...aTrackedSession({ alertId: 'alert-1' }), lostAt: noon }],
  });

  it('is the same one when a reading shows it again', () => {
    const { hostState, sightings } = look(given, shows([aSession()]));
    expect(hostState).toMatchObject({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })], lost: [] });
    expect(sightings).toMatchObject([{ tracked: { ref: 'ref-1' }, sighting: 'open' }]);
  });

  it('is another one when only its id is shown again', () => {
    const { hostState } = look(given, shows([aSession({ startedAt: noon })]));
    expect(hostState.trackedSessions).not.toMatchObject([{ ref: 'ref-1' }]);
  });

  it('is found again once, also where its start was never known', () => {
    const session = aSession({ startedAtFrom: 'reading' });
    const hostState = aHostState({
      trackedSessions: [],
      lost: [{ ...aTrackedSession({ session }), lostAt: noon }],
    });
    const both = [aSession({ startedAt: noon - hour }), aSession({ startedAt: noon - minute })];
    const refs = look(hostState, shows(both)).hostState.trackedSessions.map(({ ref }) => ref);
    expect(refs).toEqual(['ref-1', expect.stringMatching(/^new-/)]);
  });

  it('is over, unseen, when a reading does not show it', () => {
    const { hostState, sightings } = look(given, shows([]));
    expect(hostState).toMatchObject({ trackedSessions: [], lost: [] });
    expect(sightings).toEqual([]);
  });

  it('stays given up while nothing can be read', () => {
    expect(look(given, fails(timedOut)).hostState.lost).toEqual(given.lost);
  });
});

describe('a reading that loses every session', () => {
  const busy = tracking('a', 'b', 'c');

  it('is doubted on a busy host', () => {
    const snapshot = look(busy, shows([]));
    expect(snapshot.verdict).toBe('doubtful');
    expect(sightingsOf(snapshot)).toEqual(['a unknown', 'b unknown', 'c unknown']);
    expect(snapshot.hostState).toMatchObject({
      readAt: noon,
      doubtfulSince: later,
      trackedSessions: busy.trackedSessions,
    });
  });

  it('is believed at once when it still shows one of them', () => {
    expect(sightingsOf(look(busy, shows(named('b'))))).toEqual(['b open', 'a gone', 'c gone']);
  });

  it('is doubted when it shows others instead', () => {
    expect(look(busy, shows(named('x', 'y', 'z'))).verdict).toBe('doubtful');
  });

  it('is believed when a second one says the same', () => {
    const { hostState } = look(busy, shows([]));
    const second = look(hostState, shows([], { counter: 3, begunAt: later + 1 }));
    expect(sightingsOf(second)).toEqual(['a gone', 'b gone', 'c gone']);
    expect(second.hostState).not.toHaveProperty('emptiedAt');
  });

  it('is forgotten when the second one shows a session again', () => {
    const { hostState } = look(busy, shows([]));
    const second = look(hostState, shows(named('a', 'b', 'c'), { counter: 3 }));
    expect(sightingsOf(second)).toEqual(['a open', 'b open', 'c open']);
    expect(look(second.hostState, shows([], { counter: 4 })).verdict).toBe('doubtful');
  });

  it('stays in doubt through failures', () => {
    const { hostState } = look(busy, shows([]));
    const silent = look(hostState, fails(timedOut, { counter: 3 }));
    expect(silent.verdict).toBe('failed');
    expect(look(silent.hostState, shows([], { counter: 4 })).verdict).toBe('good');
  });
});

describe('an outdated reading', () => {
  it.each([0, 1])('changes nothing with counter %d', (counter) => {
    const hostState = aHostState();
    const snapshot = look(hostState, shows([], { counter, begunAt: later }));
    expect(snapshot).toEqual({
      verdict: 'outdated',
      hostState,
      sightings: [{ tracked: aTrackedSession(), sighting: 'unknown' }],
    });
  });
});

describe('recall', () => {
  it.each([
    ['open after a good reading', {}, 'open', 'good'],
    ['unknown while the host fails', { failing: { since: noon, failure: timedOut } }, 'unknown', 'failed'],
    ['unknown while a reading is doubted', { doubtfulSince: noon }, 'unknown', 'failed'],
  ])('says %s', (_what, overrides, sighting, verdict) => {
    const hostState = aHostState(overrides);
    expect(recall(hostState)).toEqual({
      verdict,
      hostState,
      sightings: [{ tracked: aTrackedSession(), sighting }],
    });
  });
});

describe('any run of readings', () => {
  const step = fc.record({
    /** Into the past too: clocks are set back. */
    elapsedMs: fc.integer({ min: -hour, max: hour }),
    counter: fc.integer({ min: 0, max: 30 }),
    result: fc.oneof(
      fc.array(session, { maxLength: 6 }).map((sessions) => ({ ok: true as const, sessions })),
      failure.map((reason) => ({ ok: false as const, failure: reason })),
    ),
  });
  const steps = fc.array(step, { maxLength: 30 });

  it('never ends a session but by an answer that does not show it', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const newRef = counting();
        let hostState = unreadHostState(aHost());
        let begunAt = noon;
        for (const { elapsedMs, counter, result } of run) {
          begunAt += elapsedMs;
          const snapshot = observe(
            hostState,
            { hostId: aHost().id, counter, begunAt, result },
            { newRef, everyMs: minute },
          );
          expect(wrongs(hostState, snapshot, result.ok ? result.sessions : undefined)).toEqual([]);
          hostState = snapshot.hostState;
        }
      }),
      runs(100),
    );
  });

  /** What no step may do. `shown`: the sessions of a reading that was answered. */
  function wrongs(
    before: HostState,
    { verdict, hostState, sightings }: Snapshot,
    shown?: readonly Session[],
  ) {
    const isGood = shown !== undefined && verdict === 'good';
    const gone = sightings.filter(({ sighting }) => sighting === 'gone').map(({ tracked }) => tracked);
    const isShown = ({ session: lost }: TrackedSession) =>
      shown?.some(
        (one) =>
          one.sessionId === lost.sessionId &&
          one.startedAt === lost.startedAt &&
          one.vmLogin === lost.vmLogin &&
          one.vm.name === lost.vm.name,
      );
    const lostAll = before.trackedSessions.length >= 3 && gone.length === before.trackedSessions.length;
    return Object.entries({
      'forgot a newer reading': hostState.lastCounter < before.lastCounter,
      'ended a session in silence': !isGood && gone.length > 0,
      'forgot a session in silence': !isGood && hostState.trackedSessions !== before.trackedSessions,
      'took silence for a reading': !isGood && hostState.readAt !== before.readAt,
      'ended a session that is shown': gone.some(isShown),
      'ended all of a busy host at once': lostAll && before.doubtfulSince === undefined,
    }).flatMap(([wrong, happened]) => (happened ? [wrong] : []));
  }

  it('never gives one name to two sessions', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const newRef = counting();
        const nameOf = new Map<string, string>();
        let hostState = unreadHostState(aHost());
        for (const { counter, result } of run) {
          hostState = observe(
            hostState,
            { hostId: aHost().id, counter, begunAt: noon, result },
            { newRef, everyMs: minute },
          ).hostState;
          const refs = hostState.trackedSessions.map(({ ref }) => ref);
          expect(new Set(refs).size).toBe(refs.length);
          for (const { ref, session: tracked } of hostState.trackedSessions) {
            expect(nameOf.get(ref) ?? tracked.sessionId).toBe(tracked.sessionId);
            nameOf.set(ref, tracked.sessionId);
          }
        }
      }),
      runs(100),
    );
  });
});
