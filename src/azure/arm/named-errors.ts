import type { JsonObject } from './json.ts';
import { isObject, textOf } from './json.ts';
import { longestWaitMs } from './retry-after.ts';

/** The outer error, or one of its details, which say more. */
export interface NamedError {
  readonly code?: string;
  readonly message: string;
  readonly waitMs?: number;
}

const deepest = 4;
const mostDetails = 20;
const longestMessage = 1000;

export function namedErrorsIn(body: unknown, depth = 0): readonly NamedError[] {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : body;
  if (!isObject(error) || depth > deepest) return [];
  const { details, innererror } = error;
  const inner: readonly unknown[] = Array.isArray(details) ? details.slice(0, mostDetails) : [];
  return [namedError(error), ...[...inner, innererror].flatMap((one) => namedErrorsIn(one, depth + 1))];
}

function namedError(error: JsonObject): NamedError {
  const code = textOf(error['code']);
  const message = (textOf(error['message']) ?? '').slice(0, longestMessage);
  const waitMs = shortened(waitFieldIn(error) ?? waitIn(message));
  return {
    message,
    ...(code !== undefined && /^[\w.-]{1,100}$/.test(code) && { code }),
    ...(waitMs !== undefined && { waitMs }),
  };
}

function shortened(waitMs: number | undefined): number | undefined {
  return waitMs === undefined ? undefined : Math.min(waitMs, longestWaitMs);
}

/** `SubscriptionRequestsThrottled`, `ResourceRequestsThrottled`, …: Azure counts over all hosts. */
export function isOfSubscription({ code }: NamedError): boolean {
  return code?.endsWith('RequestsThrottled') ?? false;
}

const waitFields = ['retryAfter', 'retryAfterSeconds', 'retryAfterInSeconds', 'retry-after', 'Retry-After'];

function waitFieldIn(error: JsonObject): number | undefined {
  const seconds = waitFields.map((field) => error[field]).find((value) => isSeconds(value));
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' ? value >= 0 : typeof value === 'string' && /^\d{1,6}$/.test(value);
}

/** "The call can be retried in 14 seconds.": all that Azure says where there is no header. https://github.com/pulumi/pulumi-azure-native/issues/3720 */
function waitIn(message: string): number | undefined {
  const [, count, unit] =
    /\b(?:retried|retry|try again) (?:in|after) '?(\d{1,6})'? (second|minute)/i.exec(message) ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit?.toLowerCase() === 'minute' ? 60_000 : 1000);
}
