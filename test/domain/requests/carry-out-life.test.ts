import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Call } from '../../../src/domain/requests/answer.ts';
import { afterNothingDone, afterTaken } from '../../../src/domain/requests/answer.ts';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { withhold } from '../../../src/domain/requests/withhold.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { isSettled } from '../../../src/domain/requests/phases.ts';
import { expire, review } from '../../../src/domain/requests/review.ts';
import { lapse, lapsesAt } from '../../../src/domain/requests/waiting.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { isSameSession } from '../../../src/domain/sessions/session.ts';
import { failure, session } from '../../support/arbitrary.ts';
import { aPolicy, aRequest, aSession, minute, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';
import { runs } from '../../support/runs.ts';
import { approvedState, second, sendingState, showing } from './carried.ts';

describe('any life of a request', () => {
  const people = ['U0ASKER', 'U0OWNER', 'U0BOSS', 'U0LEAD'];
  const hostState = fc.oneof(
    fc.constant(undefined),
    fc.record({
      sessions: fc.array(fc.oneof(session, fc.constant(aSession())), { maxLength: 3 }),
      trouble: fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constant({ doubtfulSince: noon }) },
        { weight: 1, arbitrary: failure.map((reason) => ({ failing: { since: noon, failure: reason } })) },
      ),
    }),
  );
  const event = fc.record({
    /** Into the past too: clocks are set back. */
    elapsedMs: fc.oneof(
      fc.integer({ min: 0, max: 15 * second }),
      fc.integer({ min: -5 * minute, max: 5 * minute }),
    ),
    happens: fc.oneof(
      fc.record({ verb: fc.constantFrom('approve', 'deny', 'cancel'), by: fc.constantFrom(...people) }),
      fc.record({ hostState }),
      /** The last call, if one is out, did nothing. */
      fc.record({ nothingDone: failure }),
      fc.constantFrom('expiry' as const, 'withholding' as const, 'taking' as const),
    ),
  });
  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

  const callsOf = ({ state }: DisconnectRequest) => ('calls' in state ? state.calls : 0);

  /** What the reading of this event is as the state of a host. */
  function hostStateAt({ happens }: Event, now: number): HostState | undefined {
    if (typeof happens === 'string' || !('hostState' in happens) || !happens.hostState) return undefined;
    return showing(happens.hostState.sessions, { readAt: now, triedAt: now, ...happens.hostState.trouble });
  }

  /** `call` is the last one. What came of it is heard too late if anything has happened since. */
  function next(request: DisconnectRequest, event: Event, now: number, call?: Call): DisconnectRequest {
    const { happens } = event;
    if (happens === 'expiry') return expire(request, now) ?? lapse(request, now) ?? request;
    if (happens === 'withholding') return withhold(request, { is: 'switched-off' }, now);
    if (happens === 'taking') return (call?.sent === request && afterTaken(call)) || request;
    if ('verb' in happens) {
      const decision = review(
        request,
        { verb: happens.verb, by: { id: happens.by, known: eachTheirOwn } },
        { policy: aPolicy().disconnect, now },
      );
      return decision.accepted ? decision.next : request;
    }
    if ('nothingDone' in happens) {
      return (call?.sent === request && afterNothingDone(call, happens.nothingDone, now)) || request;
    }
    const step = decideStep(request, hostStateAt(event, now), now);
    return step === undefined || step.do === 'read-again' ? request : step.next;
  }

  /** What no step may do. */
  function wrongs(before: DisconnectRequest, after: DisconnectRequest, event: Event, now: number) {
    const read = hostStateAt(event, now);
    const isGoodReading = read !== undefined && !read.failing && read.doubtfulSince === undefined;
    const sessions = read?.trackedSessions.map((tracked) => tracked.session) ?? [];
    const isShown = sessions.some((one) => isSameSession(before.session, one));
    const [was, is] = [before.state, after.state];
    const isSent = callsOf(after) > callsOf(before);
    const bearers = sessions.filter(({ sessionId }) => sessionId === before.session.sessionId);
    const isExactly = bearers.length > 0 && bearers.every((one) => one.vmLogin === before.session.vmLogin);
    return Object.entries({
      'changed after it was settled': isSettled(before) && after !== before,
      'changed what was asked for': after.session !== before.session || after.id !== before.id,
      'approved by the requester': is.is === 'approved' && is.by === before.requester,
      'approved by the owner': is.is === 'approved' && is.by === before.owner,
      'cancelled by somebody else': is.is === 'cancelled' && is.by !== before.requester,
      'cancelled after it was sent': is.is === 'cancelled' && was.is === 'sending',
      'sent though its time was over':
        isSent && was.is === 'approved' && was.waiting !== undefined && now >= lapsesAt(before, was),
      'taken for not sent after a call that may have been done':
        is.is === 'approved' && was.is === 'sending' && was.calls === 2,
      'decided after its time': was.is === 'pending' && is.is === 'approved' && now >= before.expiresAt,
      'sent without approval': isSent && was.is !== 'approved' && was.is !== 'sending',
      'sent without a good reading that shows it': isSent && !(isGoodReading && isShown && isExactly),
      'sent a third time': isSent && was.is === 'sending' && was.calls === 2,
      'sent again too early': isSent && was.is === 'sending' && now - was.sentAt < 10 * second,
      'gone without a good reading': is.is === 'gone' && is !== was && !(isGoodReading && !isShown),
      'gone though never sent': is.is === 'gone' && was.is !== 'sending' && was.is !== 'gone',
      'not sent though it was': is.is === 'not-sent' && was.is === 'sending',
    }).flatMap(([wrong, happened]) => (happened ? [wrong] : []));
  }

  it('reaches no forbidden state', () => {
    const asked = aRequest({ owner: 'U0OWNER', expiresAt: noon + 5 * minute });
    const first = fc.constantFrom<RequestState>({ is: 'pending' }, approvedState, sendingState);
    fc.assert(
      fc.property(first, fc.array(event, { maxLength: 40 }), (state, events) => {
        let request: DisconnectRequest = { ...asked, state };
        let call: Call | undefined;
        let [now, taken] = [noon, callsOf(request)];
        for (const one of events) {
          now += one.elapsedMs;
          const after = next(request, one, now, call);
          expect(wrongs(request, after, one, now)).toEqual([]);
          if (callsOf(after) > callsOf(request)) call = { before: request, sent: after };
          taken += callsOf(after) - callsOf(request);
          expect(taken).toBeLessThanOrEqual(2);
          request = after;
        }
      }),
      runs(500),
    );
  });

  it('comes to an end while the worker advances it', () => {
    const readings = hostState.filter((one) => one === undefined || !('doubtfulSince' in one.trouble));
    const first = fc.constantFrom<RequestState>(approvedState, sendingState);
    fc.assert(
      fc.property(first, readings, (state, read) => {
        let request = aRequest({ state });
        for (let now = noon; now <= request.expiresAt; now += 5 * second) {
          request = next(request, { elapsedMs: 0, happens: { hostState: read } }, now);
        }
        expect(isSettled(request)).toBe(true);
      }),
      runs(100),
    );
  });
});
