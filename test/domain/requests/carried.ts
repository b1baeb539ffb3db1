import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { aHostState, aRequest, noon } from '../../support/build.ts';

export const second = 1000;
export const timedOut: AzureFailure = { kind: 'timed-out' };
export const approvedState = { is: 'approved', by: 'U0BOSS', decidedAt: noon } as const;
export const approved = aRequest({ state: approvedState });
export const sendingState = { is: 'sending', by: 'U0BOSS', decidedAt: noon, sentAt: noon, calls: 1 } as const;
export const sending = (overrides: { calls?: 1 | 2; sentAt?: number } = {}) =>
  aRequest({ state: { ...sendingState, ...overrides } });

export function showing(sessions: readonly Session[], overrides: Partial<HostState> = {}): HostState {
  return aHostState({
    trackedSessions: sessions.map((one, index) => ({ ref: `ref-${index}`, session: one })),
    ...overrides,
  });
}

export const failing = (reason: AzureFailure) => aHostState({ failing: { since: noon, failure: reason } });
export const doubted = aHostState({ doubtfulSince: noon });
export const waitingFor = (what: 'reading' | 'call', reason: AzureFailure = timedOut) => {
  const waiting = { since: noon, failure: reason, nextTryAt: noon + second, for: what, isSaid: false };
  const state = { ...approvedState, waiting };
  return { ...aRequest({ state }), state };
};
export const passing: readonly AzureFailure[] = [
  { kind: 'busy' },
  { kind: 'timed-out' },
  { kind: 'unreachable' },
  { kind: 'signed-out' },
  { kind: 'not-understood', what: 'HTML' },
];
/** A host that is remembered may still be found: only a second time proves that it is gone. */
export const saidGone: AzureFailure = { kind: 'host-gone' };
export const lasting: readonly AzureFailure[] = [
  { kind: 'forbidden', action: 'read' },
  { kind: 'unsupported', code: 'OperationNotAllowed' },
  { kind: 'locked' },
];
