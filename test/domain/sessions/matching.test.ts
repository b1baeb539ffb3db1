import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import { aHost, aSession, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

/** Sessions without an id on one machine, of one login, as Azure tells their age in whole minutes. */
const begun = [0, 3, 7, 20].map((minutes) => noon - 60 * minute + minutes * minute);

function shown(startedAt: number, at: number): Session {
  const minutes = Math.floor((at - startedAt) / minute);
  return aSession({ sessionId: '', startedAt: at - minutes * minute, startedAtFrom: 'duration' });
}

/** A host that is read again and again; how many sessions are followed then, and how often one was called over. */
function life() {
  let hostState = unreadHostState(aHost());
  let refs = 0;
  return (sessions: readonly Session[], at: number) => {
    const result = { ok: true, sessions } as const;
    const reading = { hostId: aHost().id, counter: hostState.lastCounter + 1, begunAt: at, result };
    const snapshot = observe(hostState, reading, { newRef: () => `ref-${(refs += 1)}`, everyMs: minute });
    ({ hostState } = snapshot);
    return { followed: hostState.trackedSessions.map(({ ref }) => ref), verdict: snapshot.verdict };
  };
}

describe('sessions without an id', () => {
  it('are followed once each: one that is over is not followed on in another', () => {
    const read = life();
    const [first = 0, second = 0] = begun;
    expect(read([shown(first, noon), shown(second, noon)], noon).followed).toEqual(['ref-1', 'ref-2']);
    const between = aSession({ sessionId: '', startedAt: first + 90_000, startedAtFrom: 'duration' });
    expect(read([between], noon + minute).followed).toHaveLength(1);
  });

  it('are as many as Azure shows, and the same ones, while their ages wander by the minute', () => {
    const readings = fc.array(
      fc.record({ open: fc.subarray(begun), passedMs: fc.integer({ min: 1000, max: 10 * minute }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(readings, (all) => {
        const read = life();
        let now = noon;
        for (const { open, passedMs } of all) {
          now += passedMs;
          const { followed, verdict } = read(
            open.map((startedAt) => shown(startedAt, now)),
            now,
          );
          expect(verdict === 'good' ? followed.length : open.length).toBe(open.length);
          const again = read(
            open.map((startedAt) => shown(startedAt, now + 1000)),
            now + 1000,
          );
          expect(verdict === 'good' ? again.followed : followed).toEqual(followed);
        }
      }),
      runs(200),
    );
  });

  it('are all found again where each of two could be of either', () => {
    const read = life();
    const at = (seconds: number) =>
      aSession({ sessionId: '', startedAt: noon + seconds * 1000, startedAtFrom: 'duration' });
    // Far enough apart to be two, near enough for the nearest pair to leave the others without a match.
    const before = read([at(0), at(125)], noon + minute).followed;
    expect(read([at(115), at(240)], noon + 2 * minute).followed).toEqual(before);
  });

  it('are one where Azure lists one twice', () => {
    const one = shown(noon - minute, noon);
    expect(life()([one, { ...one }], noon).followed).toHaveLength(1);
  });
});
