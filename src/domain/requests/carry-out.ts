import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isPassing } from '../hosts/azure-failure.ts';
import type { HostMemory } from '../sessions/host-state.ts';
import type { Session, SessionChange } from '../sessions/session.ts';
import { changeSince, isSameSession } from '../sessions/session.ts';
import type { Decided, DisconnectRequest, NotSentReason, Sending } from './request.ts';
import type { Seen } from './seen.ts';
import { see } from './seen.ts';

/** What to do next for a request that was decided. */
export type Step =
  /** Store `next`; whoever stored it makes the call. */
  | { readonly do: 'send'; readonly next: DisconnectRequest }
  | { readonly do: 'settle'; readonly next: DisconnectRequest }
  | { readonly do: 'read-again'; readonly at: number };

/** A second call goes out only if a reading begun this long after the first still shows the session. */
const resendAfterMs = 10_000;
const proofPatienceMs = 60_000;
/** How long an approved request waits for a host that cannot be read, and a sent one for a reading that proves it. */
const readPatienceMs = 120_000;

/** `memory` is the host as a reading begun since the last step left it; none means that the host itself is gone. */
export function decideStep(
  request: DisconnectRequest,
  memory: HostMemory | undefined,
  now: number,
): Step | undefined {
  const seen = see(memory, now);
  switch (request.state.is) {
    case 'approved':
      return beforeSending(request, request.state, seen, now);
    case 'sending':
      return afterSending(request, request.state, seen, now);
    case 'pending':
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'gone':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return undefined;
  }
}

type Approved = { readonly is: 'approved' } & Decided;

function beforeSending(request: DisconnectRequest, state: Approved, seen: Seen, now: number): Step {
  const unsent = (why: NotSentReason): Step => ({ do: 'settle', next: notSent(request, state, why, now) });
  if (seen.is === 'doubt') return { do: 'read-again', at: now + 500 };
  if (seen.is === 'nothing') {
    const { failure } = seen;
    const givesUpAt = isPassing(failure) ? state.decidedAt + readPatienceMs : now;
    return now >= givesUpAt
      ? unsent({ is: 'unread', failure })
      : { do: 'read-again', at: Math.min(retryAt(failure, now, 5000), givesUpAt) };
  }
  const { sessionId } = request.session;
  if (!seen.sessions.some((session) => session.sessionId === sessionId)) {
    return unsent({ is: 'ended-by-itself', checkedAt: seen.readAt });
  }
  const change = changeAmong(seen.sessions, request);
  if (change) return unsent({ is: 'changed', change });
  return { do: 'send', next: { ...request, state: { ...state, is: 'sending', sentAt: now, calls: 1 } } };
}

type Sent = { readonly is: 'sending' } & Sending;

function afterSending(request: DisconnectRequest, state: Sent, seen: Seen, now: number): Step {
  const waitedMs = now - state.sentAt;
  const readAgain: Step = { do: 'read-again', at: now + Math.min(5000, Math.max(500, waitedMs / 2)) };
  if (seen.is === 'doubt') return readAgain;
  if (seen.is === 'nothing') {
    const { failure } = seen;
    const givesUpAt = state.sentAt + readPatienceMs;
    if (now < givesUpAt) return { do: 'read-again', at: Math.min(retryAt(failure, now, 2000), givesUpAt) };
    return { do: 'settle', next: { ...request, state: { ...state, is: 'unproven', at: now, failure } } };
  }
  const checkedAt = seen.readAt;
  const current = seen.sessions.find((session) => isSameSession(request.session, session));
  if (!current) return { do: 'settle', next: { ...request, state: { ...state, is: 'gone', checkedAt } } };
  const mayResend =
    state.calls === 1 &&
    checkedAt - state.sentAt >= resendAfterMs &&
    changeAmong(seen.sessions, request) === undefined;
  if (mayResend) return { do: 'send', next: { ...request, state: { ...state, sentAt: now, calls: 2 } } };
  if (waitedMs < proofPatienceMs) return readAgain;
  return { do: 'settle', next: { ...request, state: { ...state, is: 'still-there', checkedAt } } };
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

function retryAt(failure: AzureFailure, now: number, otherwiseInMs: number): number {
  return failure.kind === 'throttled' ? Math.max(failure.retryAt, now + 500) : now + otherwiseInMs;
}

/** The request after Azure answered that it did not do it; undefined where that is open, as when an earlier call may have done it. */
export function afterRefusal(
  request: DisconnectRequest,
  failure: AzureFailure,
  now: number,
): DisconnectRequest | undefined {
  if (request.state.is !== 'sending' || request.state.calls > 1) return undefined;
  switch (failure.kind) {
    case 'forbidden':
    case 'locked':
    case 'signed-out':
    case 'unsupported':
      return { ...request, state: { ...request.state, is: 'refused', at: now, failure } };
    case 'host-gone':
    case 'throttled':
    case 'busy':
    case 'not-understood':
    case 'timed-out':
    case 'unreachable':
    case 'failed':
    case 'record-unreadable':
      return undefined;
  }
}

/** An approved request that will not be sent, whatever its session does. */
export function withhold(
  request: DisconnectRequest,
  why: Extract<NotSentReason, { is: 'switched-off' | 'hourly-limit' }>,
  now: number,
): DisconnectRequest {
  return request.state.is === 'approved' ? notSent(request, request.state, why, now) : request;
}

function notSent(
  request: DisconnectRequest,
  state: Approved,
  why: NotSentReason,
  now: number,
): DisconnectRequest {
  return { ...request, state: { ...state, is: 'not-sent', at: now, why } };
}
