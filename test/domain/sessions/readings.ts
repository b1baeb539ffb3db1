import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Reading } from '../../../src/domain/sessions/reading.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import { aHost, minute, noon } from '../../support/build.ts';

export const later = noon + minute;
export const second = 1000;
export const timedOut: AzureFailure = { kind: 'timed-out' };

export function shows(sessions: readonly Session[], overrides: Partial<Reading> = {}): Reading {
  return { hostId: aHost().id, counter: 2, begunAt: later, result: { ok: true, sessions }, ...overrides };
}

export function fails(reason: AzureFailure, overrides: Partial<Reading> = {}): Reading {
  return shows([], { result: { ok: false, failure: reason }, ...overrides });
}

export function counting(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `new-${last}`;
  };
}

export const look = (hostState: HostState, reading: Reading) =>
  observe(hostState, reading, { newRef: counting(), everyMs: minute });
