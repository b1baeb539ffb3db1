import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { isPassing } from '../../../src/domain/hosts/azure-failure.ts';
import type { Call } from '../../../src/domain/requests/answer.ts';
import { afterNothingDone, afterTaken } from '../../../src/domain/requests/answer.ts';
import { decideStep } from '../../../src/domain/requests/carry-out.ts';
import { withhold } from '../../../src/domain/requests/withhold.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { isSettled } from '../../../src/domain/requests/phases.ts';
import { expire, review } from '../../../src/domain/requests/review.ts';
import { asShown, lapse, lapsesAt } from '../../../src/domain/requests/waiting.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { isSameSession } from '../../../src/domain/sessions/session.ts';
import { failure, session } from '../../support/arbitrary.ts';
import { aHostState, aPolicy, aRequest, aSession, hour, minute, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';
import { runs } from '../../support/runs.ts';

const second = 1000;
const timedOut: AzureFailure = { kind: 'timed-out' };
const approvedState = { is: 'approved', by: 'U0BOSS', decidedAt: noon } as const;
const approved = aRequest({ state: approvedState });
const sendingState = { is: 'sending', by: 'U0BOSS', decidedAt: noon, sentAt: noon, calls: 1 } as const;
const sending = (overrides: { calls?: 1 | 2; sentAt?: number } = {}) =>
  aRequest({ state: { ...sendingState, ...overrides } });

function showing(sessions: readonly Session[], overrides: Partial<HostState> = {}): HostState {
  return aHostState({
    trackedSessions: sessions.map((one, index) => ({ ref: `ref-${index}`, session: one })),
    ...overrides,
  });
}

const failing = (reason: AzureFailure) => aHostState({ failing: { since: noon, failure: reason } });
const doubted = aHostState({ doubtfulSince: noon });
const waitingFor = (what: 'reading' | 'call', reason: AzureFailure = timedOut) => {
  const waiting = { since: noon, failure: reason, nextTryAt: noon + second, for: what, isSaid: false };
  const state = { ...approvedState, waiting };
  return { ...aRequest({ state }), state };
};
const passing: readonly AzureFailure[] = [
  { kind: 'busy' },
  { kind: 'timed-out' },
  { kind: 'unreachable' },
  { kind: 'signed-out' },
  { kind: 'not-understood', what: 'HTML' },
];
/** A host that is remembered may still be found: only a second time proves that it is gone. */
const saidGone: AzureFailure = { kind: 'host-gone' };
const lasting: readonly AzureFailure[] = [
  { kind: 'forbidden', action: 'read' },
  { kind: 'unsupported', code: 'OperationNotAllowed' },
  { kind: 'locked' },
];

describe('an approved request', () => {
  const notSent = (why: object, now = noon) => ({
    do: 'settle',
    next: { ...approved, state: { ...approvedState, is: 'not-sent', at: now, why } },
  });

  it('is sent when the session is as it was approved', () => {
    expect(decideStep(approved, showing([aSession()]), noon + 1)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + 1 } },
    });
  });

  it('is not sent when the session ended by itself', () => {
    const others = showing([aSession({ sessionId: 'session-2' })], { readAt: noon - 5 });
    expect(decideStep(approved, others, noon)).toEqual(
      notSent({ is: 'ended-by-itself', checkedAt: noon - 5 }),
    );
  });

  it.each([
    ['other-start', aSession({ startedAt: noon - hour + 1 })],
    ['other-machine', aSession({ vm: { name: 'vm-web-2' } })],
    ['other-login', aSession({ vmLogin: '' })],
  ])('is not sent to a session with the same id and %s', (change, current) => {
    expect(decideStep(approved, showing([current]), noon)).toEqual(notSent({ is: 'changed', change }));
  });

  it('is not sent while another session bears the same id too', () => {
    const other = aSession({ startedAt: noon });
    for (const sessions of [
      [aSession(), other],
      [other, aSession()],
    ]) {
      expect(decideStep(approved, showing(sessions), noon)).toEqual(
        notSent({ is: 'changed', change: 'other-start' }),
      );
    }
  });

  const certain = lasting.filter(({ kind }) => kind !== 'host-gone');

  it.each(certain)('is not sent when the host cannot be read for good: $kind', (reason) => {
    expect(decideStep(approved, failing(reason), noon)).toEqual(notSent({ is: 'unread', failure: reason }));
  });

  it('is not sent when the host is no longer known', () => {
    expect(decideStep(approved, undefined, noon)).toEqual(
      notSent({ is: 'unread', failure: { kind: 'host-gone' } }),
    );
  });

  it.each([...passing, saidGone])('waits for what may pass, until it expires: $kind', (reason) => {
    const { expiresAt } = approved;
    const since = { since: noon + second, failure: reason, for: 'reading', isSaid: false };
    const first = decideStep(approved, failing(reason), noon + second);
    const waiting = { ...since, nextTryAt: noon + 2 * second };
    expect(first).toEqual({ do: 'wait', next: { ...approved, state: { ...approvedState, waiting } } });

    const waits = first?.do === 'wait' ? first.next : approved;
    expect(decideStep(waits, failing(reason), expiresAt - 1)).toMatchObject({
      do: 'wait',
      next: { state: { waiting: { ...since, isSaid: true, nextTryAt: expiresAt } } },
    });
    const over = notSent({ is: 'unread', failure: reason }, expiresAt);
    expect(decideStep(waits, failing(reason), expiresAt)).toEqual(over);
    expect(decideStep(waits, showing([aSession()], { readAt: expiresAt }), expiresAt)).toEqual(over);
  });

  it('waits two minutes where it was approved at the last moment', () => {
    const late = { ...approved, expiresAt: noon + 1 };
    expect(decideStep(late, failing(timedOut), noon + 2 * minute - 1)).toMatchObject({
      do: 'wait',
      next: { state: { waiting: { nextTryAt: noon + 2 * minute } } },
    });
    expect(decideStep(late, failing(timedOut), noon + 2 * minute)).toMatchObject({
      do: 'settle',
      next: { state: { is: 'not-sent', why: { is: 'too-late' } } },
    });
  });

  it('is not sent to whoever comes to it after its time, however well the host is read', () => {
    const seen = showing([aSession()], { readAt: approved.expiresAt });
    expect(decideStep(approved, seen, approved.expiresAt)).toEqual(
      notSent({ is: 'too-late' }, approved.expiresAt),
    );
  });

  it('waits where Azure says once that the host is gone, and ends once it is known no more', () => {
    const gone = { kind: 'host-gone' } as const;
    expect(decideStep(approved, failing(gone), noon)).toMatchObject({ do: 'wait' });
    expect(decideStep(approved, undefined, noon)).toEqual(notSent({ is: 'unread', failure: gone }));
  });

  it('settles when what it waited for turns out to need somebody', () => {
    expect(decideStep(waitingFor('reading'), failing({ kind: 'locked' }), noon + minute)).toMatchObject({
      next: { state: { is: 'not-sent', why: { is: 'unread', failure: { kind: 'locked' } } } },
    });
  });

  it('is sent once Azure answers', () => {
    const waits = waitingFor('reading');
    expect(decideStep(waits, showing([aSession()]), noon + second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + second } },
    });
  });

  it.each([
    [noon + minute, noon + minute, noon + minute],
    [noon - minute, noon + second, noon + 500],
    [noon + hour, approved.expiresAt, noon + 2 * minute],
  ])('reads a throttling host when it said: %d', (retryAt, nextTryAt, at) => {
    const throttled = failing({ kind: 'throttled', retryAt });
    expect(decideStep(approved, throttled, noon)).toMatchObject({
      next: { state: { waiting: { nextTryAt } } },
    });
    expect(decideStep(sending(), throttled, noon)).toEqual({ do: 'read-again', at });
  });

  it.each([
    [0, second],
    [10 * second, 10 * second],
    [10 * minute, minute],
    [-hour, second],
  ])('is tried less and less often: %d ms after the first try', (after, inMs) => {
    expect(decideStep(waitingFor('reading'), failing(timedOut), noon + after)).toMatchObject({
      next: { state: { waiting: { since: noon, nextTryAt: noon + after + inMs } } },
    });
  });

  it.each<[AzureFailure, AzureFailure, boolean]>([
    [timedOut, { kind: 'timed-out', reference: 'another' }, true],
    [timedOut, { kind: 'unreachable' }, false],
    [{ kind: 'failed', code: 'A' }, { kind: 'failed', code: 'B' }, false],
    [{ kind: 'throttled', retryAt: noon + 1 }, { retryAt: noon + 2, kind: 'throttled' }, true],
    [{ kind: 'throttled', retryAt: noon }, { kind: 'throttled', retryAt: noon + minute }, false],
  ])('knows whether people have read that before: %j, then %j', (first, then, isSaid) => {
    expect(decideStep(waitingFor('reading', first), failing(then), noon + second)).toMatchObject({
      next: { state: { waiting: { failure: then, isSaid } } },
    });
  });

  it('reads again before it believes a doubtful reading', () => {
    expect(decideStep(approved, doubted, noon)).toEqual({ do: 'read-again', at: noon + 500 });
  });

  it('reads again when nothing was ever read', () => {
    const { readAt: _never, ...unread } = aHostState();
    expect(decideStep(approved, unread, noon)).toMatchObject({ do: 'read-again' });
  });
});

describe('a request that was sent', () => {
  const still = (readAt: number) => showing([aSession()], { readAt });
  const gone = showing([aSession({ sessionId: 'session-2' })], { readAt: noon + second });

  it('is proven by a reading that does not show the session', () => {
    expect(decideStep(sending(), gone, noon + second)).toEqual({
      do: 'settle',
      next: {
        ...approved,
        state: {
          ...sendingState,
          is: 'gone',
          checkedAt: noon + second,
          lookout: { nextLookAt: noon + 6 * second, until: noon + 61 * second },
        },
      },
    });
  });

  it('is looked out for no longer where nobody could say whose a later one is', () => {
    const blank = { ...sending(), session: aSession({ vmLogin: '' }) };
    const step = decideStep(blank, gone, noon + second);
    expect(step).toMatchObject({ next: { state: { is: 'gone' } } });
    expect(step).not.toHaveProperty('next.state.lookout');
  });

  it('is proven by another session under the same id', () => {
    expect(decideStep(sending(), showing([aSession({ startedAt: noon })]), noon)).toMatchObject({
      next: { state: { is: 'gone' } },
    });
  });

  it.each([
    [10 * second - 1, 'read-again'],
    [10 * second, 'send'],
    [10 * second + 1, 'send'],
  ])(
    'is sent once more after a reading begun %d ms later that still shows the session',
    (after, expected) => {
      expect(decideStep(sending(), still(noon + after), noon + after)?.do).toBe(expected);
    },
  );

  it('is not sent once more for a moment that is late, only for a reading that is', () => {
    expect(decideStep(sending(), still(noon + 9 * second), noon + 30 * second)?.do).toBe('read-again');
  });

  it('counts the second call from when it goes out', () => {
    expect(decideStep(sending(), still(noon + 10 * second), noon + 11 * second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...approved, state: { ...sendingState, sentAt: noon + 11 * second, calls: 2 } },
    });
  });

  it('is sent once more however late, should the first call have died with its process', () => {
    expect(decideStep(sending(), still(noon + hour), noon + hour)?.do).toBe('send');
  });

  it.each([
    ['its login changed', [aSession({ vmLogin: 'bob' })]],
    ['its machine changed', [aSession({ vm: { name: 'vm-web-2' } })]],
    ['another session bears its id too', [aSession(), aSession({ startedAt: noon })]],
  ])('is not sent once more when %s', (_what, sessions) => {
    const hostState = showing(sessions, { readAt: noon + 20 * second });
    expect(decideStep(sending(), hostState, noon + 20 * second)).toMatchObject({ do: 'read-again' });
  });

  it.each([
    [minute - 1, 'read-again'],
    [minute, 'settle'],
    [minute + 1, 'settle'],
  ])('is never sent a third time, and is given up %d ms after the second', (after, expected) => {
    expect(decideStep(sending({ calls: 2 }), still(noon + after), noon + after)?.do).toBe(expected);
  });

  it('says that the session is still there', () => {
    const request = sending({ calls: 2 });
    expect(decideStep(request, still(noon + minute), noon + minute)).toEqual({
      do: 'settle',
      next: {
        ...request,
        state: { ...sendingState, calls: 2, is: 'still-there', checkedAt: noon + minute },
      },
    });
  });

  it.each([...passing, saidGone, ...lasting])('is unproven after two minutes of silence: $kind', (reason) => {
    expect(decideStep(sending(), failing(reason), noon + 2 * minute - 1)?.do).toBe('read-again');
    expect(decideStep(sending(), failing(reason), noon + 2 * minute)).toEqual({
      do: 'settle',
      next: {
        ...approved,
        state: { ...sendingState, is: 'unproven', at: noon + 2 * minute, failure: reason },
      },
    });
  });

  it('is not called gone with its host', () => {
    expect(decideStep(sending(), undefined, noon + 2 * minute)).toMatchObject({
      next: { state: { is: 'unproven', failure: { kind: 'host-gone' } } },
    });
  });

  it.each([
    [0, 500],
    [2 * second, second],
    [30 * second, 5 * second],
    [-hour, 500],
  ])('is looked for less and less often: %d ms after the call', (after, inMs) => {
    const now = noon + after;
    expect(decideStep(sending({ calls: 2 }), still(now), now)).toEqual({ do: 'read-again', at: now + inMs });
    expect(decideStep(sending(), doubted, now)).toEqual({ do: 'read-again', at: now + inMs });
  });
});

describe('a request with nothing to carry out', () => {
  it.each<RequestState>([
    { is: 'pending' },
    { is: 'denied', by: 'U0BOSS', at: noon },
    { is: 'cancelled', by: 'U0ASKER', at: noon },
    { is: 'expired', at: noon },
    { is: 'overtaken', at: noon, why: { is: 'ended-by-itself', checkedAt: noon } },
    { ...sendingState, is: 'gone', checkedAt: noon },
    { ...sendingState, is: 'still-there', checkedAt: noon },
    { ...sendingState, is: 'unproven', at: noon, failure: timedOut },
    { ...sendingState, is: 'refused', at: noon, failure: { kind: 'locked' } },
    { ...approvedState, is: 'not-sent', at: noon, why: { is: 'switched-off' } },
  ])('has no step: $is', (state) => {
    const request = aRequest({ state });
    expect(decideStep(request, showing([aSession()]), noon + hour)).toBeUndefined();
    expect(decideStep(request, undefined, noon + hour)).toBeUndefined();
    expect(afterNothingDone({ before: request, sent: request }, timedOut, noon)).toBeUndefined();
    expect(afterTaken({ before: request, sent: request })).toBeUndefined();
    expect(withhold(request, { is: 'switched-off' }, noon)).toBe(request);
  });
});

describe('a call of which nothing was done', () => {
  const sent = { ...sending(), version: 7 };
  const settles = ['forbidden', 'locked', 'host-gone'];

  it('is none where that passes, and settles the request where somebody has to act', () => {
    fc.assert(
      fc.property(failure, (reason) => {
        const state = settles.includes(reason.kind)
          ? { ...sendingState, is: 'refused', at: noon + 1, failure: reason }
          : { ...approvedState, waiting: { since: noon + 1, failure: reason, for: 'call', isSaid: false } };
        const after = afterNothingDone({ before: approved, sent }, reason, noon + 1);
        expect(after).toMatchObject({ version: 7, state });
        expect(after?.state).not.toHaveProperty('sentAt', 'waiting' in state ? noon : noon + 1);
      }),
      runs(100),
    );
  });

  it('goes on waiting, for the same reason or another', () => {
    const before = waitingFor('call', { kind: 'busy' });
    const again = {
      ...before,
      state: { ...before.state, is: 'sending', sentAt: noon + second, calls: 1 },
    } as const;
    const after = afterNothingDone({ before, sent: again }, { kind: 'busy' }, noon + second);
    expect(after).toMatchObject({ state: { is: 'approved', waiting: { since: noon, isSaid: true } } });
    expect(
      afterNothingDone({ before: waitingFor('reading'), sent: again }, timedOut, noon + second),
    ).toMatchObject({ state: { waiting: { since: noon, for: 'call', isSaid: false } } });
    expect(afterNothingDone({ before, sent: again }, { kind: 'locked' }, noon + second)?.state).toEqual({
      ...sendingState,
      sentAt: noon + second,
      is: 'refused',
      at: noon + second,
      failure: { kind: 'locked' },
    });
  });

  it('ends, when time is over, in words of its own', () => {
    const { expiresAt } = approved;
    expect(decideStep(waitingFor('call'), showing([aSession()]), expiresAt)).toMatchObject({
      next: { state: { is: 'not-sent', at: expiresAt, why: { is: 'not-taken', failure: timedOut } } },
    });
  });

  it('is shown as the waiting it interrupts, until Azure may have taken it', () => {
    const before = waitingFor('call');
    const step = decideStep(before, showing([aSession()], { readAt: noon + second }), noon + second);
    const tried = step?.do === 'send' ? step.next : before;
    expect(tried.state).toMatchObject({ is: 'sending', waiting: { since: noon } });
    expect(asShown(tried)).toEqual(before);
    const taken = afterTaken({ before, sent: tried });
    expect(taken).toEqual({ ...before, state: { ...sendingState, sentAt: noon + second } });
    expect(taken && asShown(taken)).toBe(taken);
  });

  it('leaves the proof of a first call open, and tries the second again for two minutes', () => {
    const second1 = sending({ calls: 2, sentAt: noon + 10 * second });
    const after = afterNothingDone(
      { before: sending(), sent: { ...second1, version: 7 } },
      timedOut,
      noon + 10 * second,
    );
    const again = { since: noon + 10 * second, failure: timedOut, nextTryAt: noon + 11 * second };
    expect(after).toEqual({ ...sending(), version: 7, state: { ...sendingState, again } });
    const request = after ?? approved;
    const at = (now: number) => decideStep(request, showing([aSession()], { readAt: now }), now);
    expect(at(noon + 11 * second - 1)?.do).toBe('read-again');
    expect(at(noon + 11 * second)).toEqual({
      do: 'send',
      sessionIds: ['session-1'],
      next: { ...request, state: { ...sendingState, sentAt: noon + 11 * second, calls: 2 } },
    });
    expect(at(noon + 130 * second)).toMatchObject({
      next: { state: { is: 'still-there', calls: 1, again } },
    });
    expect(afterNothingDone({ before: sending(), sent: second1 }, { kind: 'locked' }, noon)).toBeUndefined();
  });
});

describe('withhold', () => {
  it.each([{ is: 'switched-off' } as const, { is: 'hourly-limit', maxPerHour: 3 } as const])(
    'settles an approved request: $is',
    (why) => {
      expect(withhold(approved, why, noon + 1)).toEqual({
        ...approved,
        state: { ...approvedState, is: 'not-sent', at: noon + 1, why },
      });
    },
  );

  it('makes no further call for what was sent, which goes on being proven', () => {
    const withheld = withhold(sending(), { is: 'switched-off' }, noon);
    expect(withheld).toEqual({
      ...sending(),
      state: { ...sending().state, withheld: { is: 'switched-off' } },
    });
  });

  it('leaves alone what is over', () => {
    const denied = aRequest({ state: { is: 'denied', by: 'U0BOSS', at: noon } });
    expect(withhold(denied, { is: 'switched-off' }, noon)).toBe(denied);
  });
});

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

describe('isPassing', () => {
  it('tells what time can heal from what it cannot', () => {
    expect(passing.every(isPassing)).toBe(true);
    expect(isPassing({ kind: 'throttled', retryAt: noon })).toBe(true);
    expect(isPassing({ kind: 'failed', code: 'InternalServerError' })).toBe(true);
    expect(lasting.some(isPassing)).toBe(false);
  });
});
