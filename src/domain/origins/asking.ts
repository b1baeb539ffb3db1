import type { Asking, LogProblem, LogStanding } from './log-standing.ts';

/** With the pace of the rounds it is once a minute. */
const longestLookMs = 50_000;
export const shortestLookMs = 2000;
/** What is late, and no longer young, is asked for this much more seldom. */
const restFactor = 5;

/** Clocks of replicas differ by less. */
const clocksDifferByMs = 60_000;

/** How often somebody looks whether the log is to be asked: with every poll, but neither idly nor in a hurry. */
export function lookEveryMs(pollEveryMs: number): number {
  return Math.min(longestLookMs, Math.max(shortestLookMs, pollEveryMs));
}

export interface Occasion {
  readonly isUrgent: boolean;
  readonly hostsRead: number;
  readonly everyMs: number;
}

export function decideAsking(
  last: LogStanding | undefined,
  { isUrgent, hostsRead, everyMs }: Occasion,
  now: number,
): Asking | undefined {
  if (!last || last.askedAt > now + clocksDifferByMs || last.trouble?.problem.is === 'not-set') {
    return 'all';
  }
  if ((retryAtOf(last) ?? now) > now) return undefined;
  if (hostsRead > last.hostsRead) return 'all';
  const lookMs = lookEveryMs(everyMs);
  if (now - last.allAskedAt >= restFactor * lookMs - lookMs / 2) return 'all';
  if (!isUrgent) return undefined;
  return last.trouble && endsWithAll[last.trouble.problem.is] ? 'all' : 'young';
}

/** Whether it is over only once all are asked for: the hosts of the young sessions may never have had it. */
const endsWithAll: Readonly<Record<LogProblem['is'], boolean>> = {
  'not-set': true,
  'no-table': true,
  'no-workspace': true,
  partial: true,
  unanswered: true,
  'no-columns': false,
  'too-many': false,
};

function retryAtOf({ trouble }: LogStanding): number | undefined {
  return trouble?.problem.is === 'unanswered' ? trouble.problem.failure.retryAt : undefined;
}
