import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Arm } from '../arm/arm.ts';
import { AzureError } from '../arm/azure-error.ts';
import { LostOperation } from '../arm/long-running.ts';
import { hostItselfRequest } from '../sessions/host-request.ts';

const absences = ['ResourceNotFound', 'ResourceGroupNotFound'];

/** Only asking for the host itself tells that it is gone: while a host comes back or moves, what stands on it is not found either. */
export async function orHostGone(
  error: unknown,
  arm: Arm,
  {
    host,
    resourceManagerUrl,
    signal,
  }: { readonly host: BastionHost; readonly resourceManagerUrl: string; readonly signal: AbortSignal },
): Promise<unknown> {
  if (!isAbsence(error) || error instanceof LostOperation) return error;
  try {
    await arm(hostItselfRequest(resourceManagerUrl, host), signal);
    return error;
  } catch (ofHost) {
    return isAbsence(ofHost) ? new AzureError({ kind: 'host-gone' }, ofHost.trace, { cause: error }) : error;
  }
}

function isAbsence(error: unknown): error is AzureError {
  if (!(error instanceof AzureError)) return false;
  const { code, status } = error.trace;
  return status === 404 && code !== undefined && absences.includes(code);
}
