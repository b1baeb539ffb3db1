import type { Scope } from './scopes.ts';

/** The service allows one identity 200; the rest is for its other users. */
const queriesAtMost = 150;
const windowMs = 30_000;
/** Beyond this a round asks no more, so that what it was told is kept first. */
const roundMs = 10_000;

export interface Allowance {
  inTurn(scopes: readonly Scope[]): readonly Scope[];
  take(scope: Scope, begunAt: number): boolean;
}

/** Where each host is a query, one round may be too short for all. */
export function allowance(clock: () => number, atMost = queriesAtMost): Allowance {
  const asked = new Map<string, number>();
  let askedAt: readonly number[] = [];
  let count = 0;
  return {
    inTurn: (scopes) =>
      scopes.toSorted((one, other) => (asked.get(one.path) ?? 0) - (asked.get(other.path) ?? 0)),
    take: ({ path }, begunAt) => {
      const now = clock();
      // A later entry was asked before the clock was put back.
      askedAt = askedAt.filter((at) => at > now - windowMs && at <= now);
      if (askedAt.length >= atMost || now - begunAt >= roundMs) return false;
      askedAt = [...askedAt, now];
      count += 1;
      asked.set(path, count);
      return true;
    },
  };
}
