import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { AzureError } from '../arm/azure-error.ts';

/** A request without an answer may have arrived, unless it was never sent. */
const neverSent: Readonly<Record<AzureFailure['kind'], boolean>> = {
  'signed-out': true,
  throttled: true,
  'not-understood': false,
  'timed-out': false,
  unreachable: false,
  busy: false,
  failed: false,
  forbidden: false,
  locked: false,
  'host-gone': false,
  unsupported: false,
  'record-unreadable': true,
};

/** True where the answer proves that the call did nothing; a 404 or 408 may come of something on the way. */
export function isTurnedAway({ failure, trace: { status } }: AzureError): boolean {
  if (status === undefined) return neverSent[failure.kind];
  return status >= 400 && status < 500 && status !== 404 && status !== 408;
}
