/** So many intervals without a good reading are waited for before what is known counts as old. */
export const staleIntervals = 3;

/** Whether too long ago a reading showed this for it to be taken for how things are. */
export function isStale(readAt: number | undefined, everyMs: number, now: number): boolean {
  return readAt !== undefined && now - readAt > staleIntervals * everyMs;
}
