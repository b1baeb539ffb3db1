import { staleIntervals } from './freshness.ts';
import type { Failing } from './host-state.ts';

/** Readings come every interval, or when Azure wants to be asked again: in what lies beyond that the bot was off, and nobody tried. */
export function triedForMs(
  { triedForMs: before = 0, failure }: Failing,
  triedAt: number | undefined,
  { now, everyMs }: Trial,
): number {
  if (triedAt === undefined) return before;
  const waitedMs = Math.max(0, (failure.retryAt ?? 0) - triedAt);
  const longestMs = waitedMs + staleIntervals * everyMs;
  return before + Math.min(Math.max(0, now - triedAt), longestMs);
}

export interface Trial {
  readonly now: number;
  readonly everyMs: number;
}
