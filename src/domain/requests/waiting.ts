import type { AzureFailure } from '../hosts/azure-failure.ts';
import { saysSame } from '../hosts/azure-failure.ts';
import type { Decided, Delay, DisconnectRequest, Waiting, WaitingForAzure } from './request.ts';
import type { NotSentReason } from './withheld.ts';

export type Approved = { readonly is: 'approved'; readonly waiting?: Waiting } & Decided;

/** An approval at the last moment is good for so long. */
const shortestPatienceMs = 120_000;
const shortestPauseMs = 1000;
const longestPauseMs = 60_000;

export function lapsesAt({ expiresAt }: DisconnectRequest, { decidedAt }: Decided): number {
  return Math.max(expiresAt, decidedAt + shortestPatienceMs);
}

export function lapse(request: DisconnectRequest, now: number): DisconnectRequest | undefined {
  const { state } = request;
  if (state.is !== 'approved' || now < lapsesAt(request, state)) return undefined;
  return notSent(request, state, { why: whyLapsed(state), now });
}

function whyLapsed({ waiting }: Approved): NotSentReason {
  if (!waiting) return { is: 'too-late' };
  switch (waiting.for) {
    case 'call':
      return { is: 'not-taken', failure: waiting.failure };
    case 'reading':
      return { is: 'unread', failure: waiting.failure };
    case 'right':
      return { is: 'right-unknown' };
  }
}

export function nextTryAt({ state }: DisconnectRequest): number | undefined {
  return state.is === 'approved' ? state.waiting?.nextTryAt : undefined;
}

export function waitFor(
  request: DisconnectRequest & { readonly state: Approved },
  { what, failure }: { readonly what: WaitingForAzure['for']; readonly failure: AzureFailure },
  now: number,
): DisconnectRequest {
  const { state } = request;
  const before = state.waiting;
  const delay = delayed(before, failure, now);
  const isSame = before !== undefined && before.for !== 'right' && saysSame(before.failure, failure);
  // A first call has just been shown as sent.
  const isShown = what === 'reading' || before?.for === 'call';
  const waiting: Waiting = {
    ...delay,
    nextTryAt: Math.min(delay.nextTryAt, lapsesAt(request, state)),
    for: what,
    isSaid: isShown && isSame,
  };
  return { ...request, state: { ...state, waiting } };
}

export function waitForSlack(
  request: DisconnectRequest & { readonly state: Approved },
  missingScope: string | undefined,
  now: number,
): DisconnectRequest {
  const { state } = request;
  const before = state.waiting;
  const isSame = before?.for === 'right' && before.missingScope === missingScope;
  const waiting: Waiting = {
    for: 'right',
    since: before?.since ?? now,
    nextTryAt: Math.min(now + pauseMs(before, now), lapsesAt(request, state)),
    ...(missingScope !== undefined && { missingScope }),
    isSaid: isSame,
  };
  return { ...request, state: { ...state, waiting } };
}

/** Asked again when Azure says, and in the long run no more often than once a minute. */
export function delayed(before: Begun | undefined, failure: AzureFailure, now: number): Delay {
  const nextTryAt = Math.max(failure.retryAt ?? 0, now + pauseMs(before, now));
  return { since: before?.since ?? now, failure, nextTryAt };
}

type Begun = Pick<Delay, 'since'>;

function pauseMs(before: Begun | undefined, now: number): number {
  return Math.min(Math.max(now - (before?.since ?? now), shortestPauseMs), longestPauseMs);
}

export function notSent(
  request: DisconnectRequest,
  { waiting: _over, ...state }: Approved,
  { why, now }: { readonly why: NotSentReason; readonly now: number },
): DisconnectRequest {
  return { ...request, state: { ...state, is: 'not-sent', at: now, why } };
}

/** A try that interrupts the waiting is shown as waiting: most of them change nothing. */
export function asShown(request: DisconnectRequest): DisconnectRequest {
  const { state } = request;
  if (state.is !== 'sending' || !state.waiting) return request;
  const { sentAt: _sentAt, calls: _calls, again: _again, ...approved } = state;
  return { ...request, state: { ...approved, is: 'approved' } };
}
