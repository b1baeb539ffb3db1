import type { AzureFailure } from '../hosts/azure-failure.ts';

/** How the audit log of the Bastion hosts was found, when it was asked last. */
export interface LogStanding {
  readonly askedAt: number;
  /** Since when this is wrong; absent while all is well. */
  readonly trouble?: { readonly since: number; readonly problem: LogProblem };
}

/** Why it stays unknown who is behind sessions, and from where. */
export type LogProblem =
  /** The settings name no log. */
  | { readonly is: 'not-set' }
  /** Nothing has ever been written: the hosts have no diagnostic setting that does. */
  | { readonly is: 'no-table' }
  | { readonly is: 'no-workspace' }
  /** The table lacks what tells this; a rule at its ingestion may drop it. The rest is read. */
  | { readonly is: 'no-columns'; readonly columns: readonly string[] }
  /** The service gave a part of the answer only, which is not used. */
  | { readonly is: 'partial' }
  | { readonly is: 'too-many' }
  | { readonly is: 'unanswered'; readonly failure: AzureFailure };

/** The same trouble goes on, whatever else its words hold. */
export function standingAfter(
  before: LogStanding | undefined,
  problem: LogProblem | undefined,
  now: number,
): LogStanding {
  if (!problem) return { askedAt: now };
  const since = before?.trouble?.problem.is === problem.is ? before.trouble.since : now;
  return { askedAt: now, trouble: { since, problem } };
}

/** When the service wants to be asked again, where it says so. */
export function retryAtOf({ trouble }: LogStanding): number | undefined {
  return trouble?.problem.is === 'unanswered' ? trouble.problem.failure.retryAt : undefined;
}

/** With the pace of the rounds it is once a minute. */
const longestLookMs = 50_000;
const shortestLookMs = 5000;
/** With nothing new to be told, what is late is asked for this much more seldom. */
const restFactor = 5;

/** How often somebody looks whether the log is to be asked: with every poll, but neither idly nor in a hurry. */
export function lookEveryMs(pollEveryMs: number): number {
  return Math.min(longestLookMs, Math.max(shortestLookMs, pollEveryMs));
}

/** `isUrgent`: the rows of some session may be on their way now. */
export function isTimeToAsk(
  last: LogStanding | undefined,
  { isUrgent, everyMs }: { readonly isUrgent: boolean; readonly everyMs: number },
  now: number,
): boolean {
  // What was asked later than now was asked by a clock that was put back.
  if (!last || last.askedAt > now || last.trouble?.problem.is === 'not-set') return true;
  const retryAt = retryAtOf(last) ?? now;
  if (retryAt > now) return false;
  return isUrgent || now - last.askedAt >= restFactor * lookEveryMs(everyMs) - lookEveryMs(everyMs) / 2;
}
