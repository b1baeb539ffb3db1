import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { HostState, TrackedSession } from '../../../src/domain/sessions/host-state.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import { failure, session } from '../../support/arbitrary.ts';
import { aHost, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import { counting } from './readings.ts';

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
