import type { AzureFailure } from '../hosts/azure-failure.ts';

export type Asking = 'young' | 'all';

export interface LogStanding {
  readonly askedAt: number;
  readonly allAskedAt: number;
  /** How many hosts had been read by then: nobody has asked for the sessions of others. */
  readonly hostsRead: number;
  readonly trouble?: { readonly since: number; readonly problem: LogProblem };
}

export type LogProblem =
  | { readonly is: 'not-set' }
  | { readonly is: 'no-table' }
  | { readonly is: 'no-workspace' }
  /** The table lacks what tells this; a rule at its ingestion may drop it. The rest is read. */
  | { readonly is: 'no-columns'; readonly columns: readonly string[] }
  | { readonly is: 'partial' }
  | { readonly is: 'too-many' }
  | { readonly is: 'unanswered'; readonly failure: AzureFailure };

export function standingAfter(
  before: LogStanding | undefined,
  problem: LogProblem | undefined,
  { asked, hostsRead, now }: { readonly asked: Asking; readonly hostsRead: number; readonly now: number },
): LogStanding {
  const all =
    asked === 'all'
      ? { allAskedAt: now, hostsRead }
      : { allAskedAt: Math.min(before?.allAskedAt ?? 0, now), hostsRead: before?.hostsRead ?? 0 };
  const standing = { askedAt: now, ...all };
  if (!problem) return standing;
  const since = before?.trouble?.problem.is === problem.is ? before.trouble.since : now;
  return { ...standing, trouble: { since, problem } };
}
