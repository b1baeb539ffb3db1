import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { isOpen } from '../../../src/domain/alerts/alert.ts';
import { evaluate } from '../../../src/domain/alerts/evaluate.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { Reading, ReadingResult } from '../../../src/domain/sessions/reading.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { observe, recall } from '../../../src/domain/sessions/snapshot.ts';
import { failure } from '../../support/arbitrary.ts';
import { aHost, aSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import { counting, policy } from './evaluated.ts';

describe('any life of a host', () => {
  const ids = ['session-1', 'session-2', 'session-3', 'session-4'];
  const sessions = ids.map((sessionId, index) =>
    aSession({ sessionId, startedAt: noon - index * 20 * minute }),
  );
  const event = fc.record({
    /** Into the past too: clocks are set back. */
    elapsedMs: fc.oneof(
      fc.integer({ min: -hour, max: hour }),
      fc.integer({ min: 0, max: minute }),
      fc.constant(25 * hour),
    ),
    /** Negative: a reading that was overtaken. */
    counterStep: fc.constantFrom(1, 1, 1, 1, -1),
    answer: fc.oneof(
      { weight: 4, arbitrary: fc.subarray(ids).map((open) => ({ open })) },
      { weight: 1, arbitrary: failure.map((why) => ({ why })) },
      { weight: 1, arbitrary: fc.constant({ why: { kind: 'host-gone' } as const }) },
      { weight: 1, arbitrary: fc.constant('none' as const) },
    ),
  });

  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

  function readingOf({ answer }: Event, counter: number, begunAt: number): Reading | undefined {
    if (answer === 'none') return undefined;
    const result: ReadingResult =
      'why' in answer
        ? { ok: false, failure: answer.why }
        : { ok: true, sessions: sessions.filter(({ sessionId }) => answer.open.includes(sessionId)) };
    return { hostId: aHost().id, counter, begunAt, result };
  }

  /** What must never become of an alert. `earlier`: the same alert before, if it was there. */
  function wrongs(
    alert: Alert,
    earlier: Alert | undefined,
    { verdict, hostState }: Snapshot,
    now: number,
    reading?: Reading,
  ) {
    const { state, session } = alert;
    const isAnswered = reading?.result.ok === true;
    const isShown =
      reading?.result.ok === true &&
      reading.result.sessions.some(({ sessionId }) => sessionId === session.sessionId);
    const isFoundAgain = earlier?.state.is === 'lost' && state.is === 'open' && isShown;
    const triedForMs = hostState.failing?.triedForMs ?? 0;
    const isSilentForADay = now - (hostState.readAt ?? now) >= 24 * hour;
    return Object.entries({
      'changed after its end': earlier !== undefined && !isOpen(earlier) && !isFoundAgain,
      'handled otherwise after it was found again': isFoundAgain && alert.handling !== earlier.handling,
      'raised within the limit': earlier === undefined && now - session.startedAt < hour,
      'open from an old reading': state.is === 'open' && alert.seenAt !== hostState.readAt,
      'ended without a good reading': state.is === 'ended' && !(isAnswered && verdict === 'good'),
      'ended while it is shown': state.is === 'ended' && isShown,
      'lost though the host answers': state.is === 'lost' && isAnswered,
      'lost too early':
        state.is === 'lost' && verdict !== 'host-gone' && !(isSilentForADay && triedForMs >= 24 * hour),
    }).flatMap(([wrong, happened]) => (happened ? [wrong] : []));
  }

  it('raises once, closes once, and for a good reason only', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        const newRef = counting('ref');
        const newId = counting('alert');
        const alerts = new Map<string, Alert>();
        const missed = new Set<string>();
        let hostState = unreadHostState(aHost());
        let now = noon;
        let counter = 0;
        for (const one of events) {
          now += one.elapsedMs;
          counter += one.counterStep;
          const reading = readingOf(one, counter, now);
          const snapshot = reading
            ? observe(hostState, reading, { newRef, everyMs: minute })
            : recall(hostState);
          if (snapshot.verdict === 'outdated') continue;

          const evaluation = evaluate(snapshot, { alerts }, { policy, now, newId });
          for (const alert of evaluation.alerts) {
            expect(wrongs(alert, alerts.get(alert.id), snapshot, now, reading)).toEqual([]);
            alerts.set(alert.id, alert);
          }
          hostState = evaluation.hostState;

          // Since they were lost no reading has answered: what it shows of them is the same session.
          const raised = evaluation.decisions.filter(({ decision }) => decision.do === 'raise');
          expect(raised.filter(({ tracked }) => missed.has(tracked.session.sessionId))).toEqual([]);
          if (snapshot.verdict === 'good') missed.clear();
          for (const { state, session } of evaluation.alerts) {
            if (state.is === 'lost') missed.add(session.sessionId);
          }

          const refs = [...alerts.values()].map(({ ref }) => ref);
          expect(new Set(refs).size).toBe(refs.length);
          const open = [...alerts.values()].filter(isOpen).map(({ id, ref }) => `${ref} ${id}`);
          const noted = hostState.trackedSessions.flatMap(({ ref, alertId }) =>
            alertId ? [`${ref} ${alertId}`] : [],
          );
          expect(noted.sort()).toEqual(open.sort());
        }
      }),
      runs(300),
    );
  });
});
