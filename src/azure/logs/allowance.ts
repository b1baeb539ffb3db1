import type { Scope } from './scopes.ts';

/** What the service allows one identity is 200; the rest is for everybody else who asks by it. */
const queriesAtMost = 150;
const windowMs = 30_000;
/** Then what was told is to be kept first. */
const roundMs = 10_000;

export interface Allowance {
  inTurn(scopes: readonly Scope[]): readonly Scope[];
  /** Whether one more may be asked now, in a round that began then. */
  take(scope: Scope, begunAt: number): boolean;
}

/** How much of the query service this process takes: where each host is a query, one round may be too short for all. */
export function allowance(clock: () => number, atMost = queriesAtMost): Allowance {
  const asked = new Map<string, number>();
  let askedAt: readonly number[] = [];
  let count = 0;
  return {
    inTurn: (scopes) =>
      scopes.toSorted((one, other) => (asked.get(one.path) ?? 0) - (asked.get(other.path) ?? 0)),
    take: ({ path }, begunAt) => {
      const now = clock();
      // What was asked later than now was asked before the clock was put back.
      askedAt = askedAt.filter((at) => at > now - windowMs && at <= now);
      if (askedAt.length >= atMost || now - begunAt >= roundMs) return false;
      askedAt = [...askedAt, now];
      count += 1;
      asked.set(path, count);
      return true;
    },
  };
}
