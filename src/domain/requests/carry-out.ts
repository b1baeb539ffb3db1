import type { HostMemory } from '../sessions/host-state.ts';
import type { Session, SessionChange } from '../sessions/session.ts';
import { changeSince, isSameSession } from '../sessions/session.ts';
import { lookoutAfter } from './lookout.ts';
import type { DisconnectRequest, NotSentReason, RequestState, Sending } from './request.ts';
import type { Seen } from './seen.ts';
import { see } from './seen.ts';
import type { Approved } from './waiting.ts';
import { lapse, notSent, waitFor } from './waiting.ts';

/** What to do next for a request that was decided. */
export type Step =
  /** Store `next`; whoever stored it makes the call. */
  | { readonly do: 'send'; readonly next: DisconnectRequest }
  | { readonly do: 'settle'; readonly next: DisconnectRequest }
  /** Store `next`, and come back when it says. */
  | { readonly do: 'wait'; readonly next: DisconnectRequest }
  | { readonly do: 'read-again'; readonly at: number };

/** A second call goes out only if a reading begun this long after the first still shows the session. */
const resendAfterMs = 10_000;
const proofPatienceMs = 60_000;
/** How long a sent request waits for a reading that proves it, and for Azure to take a second call. */
const sentPatienceMs = 120_000;

/** `memory` is the host as a reading begun since the last step left it; none means that the host itself is gone. */
export function decideStep(
  request: DisconnectRequest,
  memory: HostMemory | undefined,
  now: number,
): Step | undefined {
  const seen = see(memory, now);
  switch (request.state.is) {
    case 'approved':
      return lapsed(request, now) ?? beforeSending({ ...request, state: request.state }, seen, now);
    case 'sending':
      return afterSending(request, request.state, seen, now);
    case 'pending':
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'overtaken':
    case 'gone':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return undefined;
  }
}

function lapsed(request: DisconnectRequest, now: number): Step | undefined {
  const next = lapse(request, now);
  return next && { do: 'settle', next };
}

function beforeSending(
  request: DisconnectRequest & { readonly state: Approved },
  seen: Seen,
  now: number,
): Step {
  const { state } = request;
  const unsent = (why: NotSentReason): Step => ({ do: 'settle', next: notSent(request, state, why, now) });
  if (seen.is === 'doubt') return { do: 'read-again', at: now + 500 };
  if (seen.is === 'nothing') {
    const { failure, mayPass } = seen;
    return mayPass
      ? { do: 'wait', next: waitFor('reading', request, failure, now) }
      : unsent({ is: 'unread', failure });
  }
  const { sessionId } = request.session;
  if (!seen.sessions.some((session) => session.sessionId === sessionId)) {
    return unsent({ is: 'ended-by-itself', checkedAt: seen.readAt });
  }
  const change = changeAmong(seen.sessions, request);
  if (change) return unsent({ is: 'changed', change });
  return { do: 'send', next: firstCall(request, now) };
}

type Sent = Extract<RequestState, { is: 'sending' }>;

function afterSending(
  request: DisconnectRequest,
  { waiting: _tried, ...state }: Sent,
  seen: Seen,
  now: number,
): Step {
  const waitedMs = now - state.sentAt;
  const readAgain: Step = { do: 'read-again', at: now + Math.min(5000, Math.max(500, waitedMs / 2)) };
  if (seen.is === 'doubt') return readAgain;
  if (seen.is === 'nothing') {
    const { failure } = seen;
    const givesUpAt = state.sentAt + sentPatienceMs;
    const at = failure.retryAt === undefined ? now + 2000 : Math.max(failure.retryAt, now + 500);
    if (now < givesUpAt) return { do: 'read-again', at: Math.min(at, givesUpAt) };
    return { do: 'settle', next: { ...request, state: { ...state, is: 'unproven', at: now, failure } } };
  }
  const checkedAt = seen.readAt;
  const current = seen.sessions.find((session) => isSameSession(request.session, session));
  if (!current) {
    const lookout = lookoutAfter(checkedAt, request.session);
    const gone = { ...state, is: 'gone', checkedAt, ...(lookout && { lookout }) } as const;
    return { do: 'settle', next: { ...request, state: gone } };
  }
  const mayResend =
    state.calls === 1 &&
    checkedAt - state.sentAt >= resendAfterMs &&
    isTimeForAgain(state, now) &&
    changeAmong(seen.sessions, request) === undefined;
  if (mayResend) {
    const { again: _again, ...first } = state;
    return { do: 'send', next: { ...request, state: { ...first, sentAt: now, calls: 2 } } };
  }
  if (now < proofEndsAt(state)) return readAgain;
  return { do: 'settle', next: { ...request, state: { ...state, is: 'still-there', checkedAt } } };
}

/** A call that Azure did not take before is shown as sent only once it may have taken it. */
function firstCall(
  request: DisconnectRequest & { readonly state: Approved },
  now: number,
): DisconnectRequest {
  const { waiting, ...decided } = request.state;
  const tried = waiting?.for === 'call' ? { waiting } : {};
  return { ...request, state: { ...decided, ...tried, is: 'sending', sentAt: now, calls: 1 } };
}

function isTimeForAgain({ again }: Sending, now: number): boolean {
  return again === undefined || (now >= again.nextTryAt && now < again.since + sentPatienceMs);
}

function proofEndsAt({ again, sentAt }: Sending): number {
  return again === undefined ? sentAt + proofPatienceMs : again.since + sentPatienceMs;
}

/** The call names an id only, so every session that bears it has to be what was approved. */
function changeAmong(
  sessions: readonly Session[],
  { session: approved }: DisconnectRequest,
): SessionChange | undefined {
  return sessions
    .filter(({ sessionId }) => sessionId === approved.sessionId)
    .map((session) => changeSince(approved, session))
    .find((change) => change !== undefined);
}

/** An approved request that will not be sent, whatever its session does. */
export function withhold(
  request: DisconnectRequest,
  why: Extract<NotSentReason, { is: 'switched-off' | 'hourly-limit' }>,
  now: number,
): DisconnectRequest {
  return request.state.is === 'approved' ? notSent(request, request.state, why, now) : request;
}
