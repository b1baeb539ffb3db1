import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isPassing } from '../hosts/azure-failure.ts';
import type { DisconnectRequest } from './request.ts';
import { delayed, waitFor } from './waiting.ts';

export interface Call {
  readonly before: DisconnectRequest;
  readonly sent: DisconnectRequest;
}

/** None, unless somebody has to change something first. Undefined where an earlier call may have done it, so that its proof goes on. */
export function afterNothingDone(
  { before, sent }: Call,
  failure: AzureFailure,
  now: number,
): DisconnectRequest | undefined {
  const { version } = sent;
  if (before.state.is === 'approved') {
    if (isPassing(failure)) {
      return { ...waitFor({ ...before, state: before.state }, { what: 'call', failure }, now), version };
    }
    if (sent.state.is !== 'sending') return undefined;
    const { waiting: _over, ...state } = sent.state;
    return { ...sent, state: { ...state, is: 'refused', at: now, failure } };
  }
  if (before.state.is !== 'sending' || !isPassing(failure)) return undefined;
  const { waiting: _over, ...first } = before.state;
  return { ...before, version, state: { ...first, again: delayed(first.again, failure, now) } };
}

/** The request once Azure may have taken the call with which it tried again; undefined where it says so already. */
export function afterTaken({ sent }: Call): DisconnectRequest | undefined {
  if (sent.state.is !== 'sending' || !sent.state.waiting) return undefined;
  const { waiting: _over, ...state } = sent.state;
  return { ...sent, state };
}
