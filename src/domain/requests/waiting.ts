import type { AzureFailure } from '../hosts/azure-failure.ts';
import { saysSame } from '../hosts/azure-failure.ts';
import type { Decided, Delay, DisconnectRequest, NotSentReason, Waiting } from './request.ts';

export type Approved = { readonly is: 'approved'; readonly waiting?: Waiting } & Decided;

/** An approval at the last moment is good for so long. */
const shortestPatienceMs = 120_000;
const shortestPauseMs = 1000;
const longestPauseMs = 60_000;

/** Until when an approved request waits for Azure. */
export function lapsesAt({ expiresAt }: DisconnectRequest, { decidedAt }: Decided): number {
  return Math.max(expiresAt, decidedAt + shortestPatienceMs);
}

/** The approved request after its time has run out, or undefined while it has not. */
export function lapse(request: DisconnectRequest, now: number): DisconnectRequest | undefined {
  const { state } = request;
  if (state.is !== 'approved' || now < lapsesAt(request, state)) return undefined;
  return notSent(request, state, whyLapsed(state), now);
}

function whyLapsed({ waiting }: Approved): NotSentReason {
  // The worker came to it too late.
  if (!waiting) return { is: 'too-late' };
  return { is: waiting.for === 'call' ? 'not-taken' : 'unread', failure: waiting.failure };
}

/** When Azure is asked again, for a request that waits for it. */
export function nextTryAt({ state }: DisconnectRequest): number | undefined {
  return state.is === 'approved' ? state.waiting?.nextTryAt : undefined;
}

/** The approved request after one more try in vain. */
export function waitFor(
  what: Waiting['for'],
  request: DisconnectRequest & { readonly state: Approved },
  failure: AzureFailure,
  now: number,
): DisconnectRequest {
  const { state } = request;
  const before = state.waiting;
  const delay = delayed(before, failure, now);
  // A first call has just been shown as sent.
  const isShown = what === 'reading' || before?.for === 'call';
  const waiting: Waiting = {
    ...delay,
    nextTryAt: Math.min(delay.nextTryAt, lapsesAt(request, state)),
    for: what,
    isSaid: before !== undefined && isShown && saysSame(before.failure, failure),
  };
  return { ...request, state: { ...state, waiting } };
}

/** Asked again when Azure says, and in the long run no more often than once a minute. */
export function delayed(before: Delay | undefined, failure: AzureFailure, now: number): Delay {
  const since = before?.since ?? now;
  const pauseMs = Math.min(Math.max(now - since, shortestPauseMs), longestPauseMs);
  return { since, failure, nextTryAt: Math.max(failure.retryAt ?? 0, now + pauseMs) };
}

export function notSent(
  request: DisconnectRequest,
  { waiting: _over, ...state }: Approved,
  why: NotSentReason,
  now: number,
): DisconnectRequest {
  return { ...request, state: { ...state, is: 'not-sent', at: now, why } };
}

/**
 * What people are shown: a try that interrupts the waiting looks like the waiting, since most of them change nothing.
 */
export function asShown(request: DisconnectRequest): DisconnectRequest {
  const { state } = request;
  if (state.is !== 'sending' || !state.waiting) return request;
  const { sentAt: _sentAt, calls: _calls, again: _again, ...approved } = state;
  return { ...request, state: { ...approved, is: 'approved' } };
}
