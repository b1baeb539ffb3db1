const leastMs = 1000;
const longestMs = 6 * 3_600_000;
/** A clock that has the token expired may be wrong: the server may still take it. */
const expiredMs = 30_000;

export interface Renewal {
  readonly lifeMs: number;
  /** False where a cache handed out the old token, as it does until shortly before its end. */
  readonly isNew: boolean;
  /** From 0 to 1, so that not all replicas come at once. */
  readonly chance: number;
}

/** With a good part of its life left, and ever sooner where the same one came. */
export function untilRenewalMs({ lifeMs, isNew, chance }: Renewal): number {
  if (lifeMs <= 0) return expiredMs;
  const share = isNew ? 0.65 + 0.15 * chance : 0.2 + 0.1 * chance;
  return Math.min(Math.max(lifeMs * share, leastMs), longestMs);
}

export function untilRetryMs(inVain: number, chance: number): number {
  return Math.min(1000 * 2 ** (inVain - 1), 60_000) * (0.5 + 0.5 * chance);
}
