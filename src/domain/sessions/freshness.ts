/** So many intervals without a good reading are waited for before what is known counts as old. */
export const staleIntervals = 3;

export function isStale(readAt: number | undefined, everyMs: number, now: number): boolean {
  return readAt !== undefined && now - readAt > staleIntervals * everyMs;
}

/** No host takes longer for its answer, unless something is wrong. */
const usualAtMostMs = 20_000;
const usualAtLeastMs = 10_000;

/** A reading that has taken this long is overdue: its host is silent, whatever still comes of it. */
export function overdueAfterMs(everyMs: number): number {
  return Math.min(usualAtMostMs, Math.max(usualAtLeastMs, everyMs));
}
