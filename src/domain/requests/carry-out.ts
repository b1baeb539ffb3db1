import type { HostState } from '../sessions/host-state.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionChange } from '../sessions/session-change.ts';
import { isSameSession } from '../sessions/session.ts';
import { changeSince } from '../sessions/session-change.ts';
import { lookoutAfter } from './lookout.ts';
import type { DisconnectRequest, Member, RequestState, Sending } from './request.ts';
import type { NotSentReason } from './withheld.ts';
import type { Seen } from './seen.ts';
import { see } from './seen.ts';
import { idsInACall, sessionCount, sessionsOf } from './tunnel.ts';
import type { Approved } from './waiting.ts';
import { lapse, notSent, waitFor } from './waiting.ts';

export type Step =
  /** Store `next`; the replica that stored it makes the call, for these sessions. */
  | { readonly do: 'send'; readonly next: DisconnectRequest; readonly sessionIds: readonly string[] }
  | { readonly do: 'settle'; readonly next: DisconnectRequest }
  | { readonly do: 'wait'; readonly next: DisconnectRequest }
  | { readonly do: 'read-again'; readonly at: number };

/** A second call goes out only if a reading begun this long after the first still shows the session. */
const resendAfterMs = 10_000;
const proofPatienceMs = 60_000;
/** How long a sent request waits for a reading that proves it, and for Azure to take a second call. */
const sentPatienceMs = 120_000;

/** `hostState` is the host as a reading begun since the last step left it; none means that the host itself is gone. */
export function decideStep(
  request: DisconnectRequest,
  hostState: HostState | undefined,
  now: number,
): Step | undefined {
  const seen = see(hostState, now);
  switch (request.state.is) {
    case 'approved':
      return lapsed(request, now) ?? beforeSending({ ...request, state: request.state }, seen, now);
    case 'sending':
      return afterSending(request, request.state, { seen, now });
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
  const unsent = (why: NotSentReason): Step => ({
    do: 'settle',
    next: notSent(request, state, { why, now }),
  });
  if (seen.is === 'doubt') return { do: 'read-again', at: now + 500 };
  if (seen.is === 'nothing') {
    const { failure, mayPass } = seen;
    return mayPass
      ? { do: 'wait', next: waitFor(request, { what: 'reading', failure }, now) }
      : unsent({ is: 'unread', failure });
  }
  const ids = new Set(seen.sessions.map(({ sessionId }) => sessionId));
  const open = sessionsOf(request).filter(({ session }) => ids.has(session.sessionId));
  if (open.length === 0) return unsent({ is: 'ended-by-itself', checkedAt: seen.readAt });
  const change = changeAmong(seen.sessions, open);
  if (change) return unsent({ is: 'changed', change });
  return inParts(firstCall(request, now), idsOf(open));
}

type Sent = Extract<RequestState, { is: 'sending' }>;

function afterSending(
  request: DisconnectRequest,
  { waiting: _tried, ...state }: Sent,
  { seen, now }: { readonly seen: Seen; readonly now: number },
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
  const open = sessionsOf(request).filter(({ session: asked }) =>
    seen.sessions.some((session) => isSameSession(asked, session)),
  );
  if (open.length === 0) {
    const lookout = lookoutAfter(checkedAt, request.session);
    const gone = { ...state, is: 'gone', checkedAt, ...(lookout && { lookout }) } as const;
    return { do: 'settle', next: { ...request, state: gone } };
  }
  const mayCall =
    state.withheld === undefined &&
    isTimeForAgain(state, now) &&
    changeAmong(seen.sessions, open) === undefined;
  const { again: _again, uncalled = [], ...called } = state;
  const next = idsOf(open).filter((id) => uncalled.includes(id));
  if (mayCall && next.length > 0) return inParts({ ...request, state: { ...called, sentAt: now } }, next);
  if (mayCall && state.calls === 1 && checkedAt - state.sentAt >= resendAfterMs) {
    return inParts({ ...request, state: { ...called, sentAt: now, calls: 2 } }, idsOf(open));
  }
  if (now < proofEndsAt(state)) return readAgain;
  const left = sessionCount(request) > 1 ? { left: open.length } : {};
  return { do: 'settle', next: { ...request, state: { ...state, is: 'still-there', checkedAt, ...left } } };
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

/** One call names a few; the next one goes out once the sessions have been read again. */
function inParts(request: DisconnectRequest, ids: readonly string[]): Step {
  const sessionIds = ids.slice(0, idsInACall);
  const uncalled = ids.slice(idsInACall);
  const { state } = request;
  if (state.is !== 'sending' || sessionCount(request) === 1) return { do: 'send', sessionIds, next: request };
  const { uncalled: _before, ...rest } = state;
  const parts = { named: sessionIds.length, ...(uncalled.length > 0 && { uncalled }) };
  return { do: 'send', sessionIds, next: { ...request, state: { ...rest, ...parts } } };
}

function isTimeForAgain({ again }: Sending, now: number): boolean {
  return again === undefined || (now >= again.nextTryAt && now < again.since + sentPatienceMs);
}

function proofEndsAt({ again, sentAt }: Sending): number {
  return again === undefined ? sentAt + proofPatienceMs : again.since + sentPatienceMs;
}

/** The call names ids only, so every session that bears one has to be what was approved. */
function changeAmong(sessions: readonly Session[], approved: readonly Member[]): SessionChange | undefined {
  const asked = new Map(approved.map(({ session }) => [session.sessionId, session]));
  for (const session of sessions) {
    const approvedOne = asked.get(session.sessionId);
    const change = approvedOne && changeSince(approvedOne, session);
    if (change) return change;
  }
  return undefined;
}

function idsOf(members: readonly Member[]): readonly string[] {
  return members.map(({ session }) => session.sessionId);
}
