import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Arm } from '../arm/arm.ts';
import { AzureError } from '../arm/azure-error.ts';
import { LostOperation } from '../arm/long-running.ts';
import { hostItselfRequest } from '../sessions/host-request.ts';

const absences = ['ResourceNotFound', 'ResourceGroupNotFound'];

/**
 * What an error of a question to this host means, once the host itself has been asked for. Only that answer says that
 * there is no such host: while one comes back, or moves, what stands on it is not found either.
 */
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
