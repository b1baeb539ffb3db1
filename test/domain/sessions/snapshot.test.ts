import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { recall } from '../../../src/domain/sessions/snapshot.ts';
import { aHost, aHostState, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { fails, later, look, shows, timedOut } from './readings.ts';

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
