import { setTimeout } from 'node:timers/promises';
import { isPassing } from '../../domain/hosts/azure-failure.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Arm, ArmAnswer, ArmRequest } from './arm.ts';
import type { Asked } from './failure-named.ts';
import { errorOfOperation } from './arm-error.ts';
import { AzureError, notUnderstood } from './azure-error.ts';
import { isObject, shapeOf, textOf } from './json.ts';
import { limits } from './limits.ts';
import { stepMs } from './pace.ts';
import { pollAddress } from './poll-address.ts';
import { retryAfterMs } from './retry-after.ts';

/** Azure does not know the operation that it started, which says nothing about the host. */
export class LostOperation extends AzureError {
  override readonly name = 'LostOperation';
}

export interface Operation<T> {
  readonly start: ArmRequest;
  readonly apiVersion: string;
  readonly haste: Haste;
  readonly read: (answer: ArmAnswer) => T | undefined;
}

const toleratedSetbacks = 3;
/** Beyond this the operation is given up: people hear until when, and the schedule waits instead. */
const longestThrottleMs = 5000;

/** Speaks either protocol of https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations */
export async function runOperation<T>(
  arm: Arm,
  operation: Operation<T>,
  { clock, signal }: { readonly clock: () => number; readonly signal: AbortSignal },
): Promise<T> {
  const { apiVersion, haste, read, start } = operation;
  let answer = await arm(start, signal);
  let asked = start.url;
  let addresses: Addresses = {};
  let waitedMs = 0;
  let elsewhere = 0;
  for (;;) {
    const progress = progressOf(answer, read, start);
    if (progress.is === 'done') return progress.result;
    addresses = { ...addresses, ...addressesIn(answer) };
    const given = addresses.location ?? addresses.operation;
    const next = given === undefined ? undefined : pollAddress(given, start.url, apiVersion);
    if (next === undefined) throw notUnderstood('an operation without an address to follow', answer.trace);
    if (progress.is === 'succeeded' && (next === asked || ++elsewhere > limits.pages)) {
      throw notUnderstood('an operation that succeeded without a result', answer.trace);
    }
    if (progress.is === 'running') {
      const delayMs = stepMs(haste, waitedMs, retryAfterMs(answer.headers, clock()));
      await setTimeout(delayMs, undefined, { signal });
      waitedMs += delayMs;
    }
    answer = await poll(arm, next, { clock, signal });
    asked = next;
  }
}

type Progress<T> =
  { readonly is: 'running' } | { readonly is: 'succeeded' } | { readonly is: 'done'; readonly result: T };

function progressOf<T>(answer: ArmAnswer, read: Operation<T>['read'], asked: Asked): Progress<T> {
  const { body, status, trace } = answer;
  const word = isObject(body) ? textOf(body['status'])?.toLowerCase() : undefined;
  if (isObject(body) && (word === 'failed' || word === 'canceled')) {
    throw errorOfOperation(body, asked, trace);
  }
  if (word === undefined ? status === 202 || status === 201 : word !== 'succeeded') return { is: 'running' };
  const result = read(answer);
  if (result !== undefined) return { is: 'done', result };
  if (word === 'succeeded') return { is: 'succeeded' };
  throw notUnderstood(`${shapeOf(body)} without a result`, trace);
}

interface Addresses {
  readonly location?: string;
  readonly operation?: string;
}

function addressesIn({ headers }: ArmAnswer): Addresses {
  const location = headers.get('location');
  const operation = headers.get('azure-asyncoperation');
  return { ...(location && { location }), ...(operation && { operation }) };
}

/** A passing trouble does not lose what was started. */
async function poll(
  arm: Arm,
  url: string,
  { clock, signal }: { readonly clock: () => number; readonly signal: AbortSignal },
): Promise<ArmAnswer> {
  for (let setbacks = 0; ; setbacks++) {
    try {
      return await arm({ method: 'GET', url, action: actionToPoll(url) }, signal);
    } catch (error) {
      if (!(error instanceof AzureError)) throw error;
      const { failure, trace } = error;
      if (trace.status === 404) throw new LostOperation(failure, trace, { cause: error });
      const delayMs = failure.retryAt === undefined ? 250 * 2 ** setbacks : failure.retryAt - clock();
      const mayHelp = passesSoon(error) && delayMs <= longestThrottleMs;
      if (!mayHelp || setbacks === toleratedSetbacks) throw error;
      await setTimeout(Math.max(delayMs, 100), undefined, { signal });
    }
  }
}

/** An operation that failed may say so with a status of its own, which no repetition changes. */
function passesSoon({ failure, trace: { status = 500 } }: AzureError): boolean {
  if (failure.kind === 'signed-out') return false;
  return failure.kind === 'failed' ? status >= 500 : isPassing(failure);
}

function actionToPoll(url: string): string {
  const kind = /\/operationresults\//i.test(url) ? 'operationResults' : 'operations';
  return `Microsoft.Network/locations/${kind}/read`;
}
