import type { Haste } from '../../ports/bastion.ts';

/** However long the server asks to wait. */
const longestStepMs: Readonly<Record<Haste, number>> = { waiting: 1000, background: 60_000 };

/** While a person waits: 0.1 s at first, then a twentieth of the time waited; in the background as the server says. */
export function stepMs(haste: Haste, waitedMs: number, retryAfterMs: number | undefined): number {
  const [share, shortestMs] = haste === 'waiting' ? [0.05, 100] : [0.25, 250];
  const wantedMs = (haste === 'background' ? retryAfterMs : undefined) ?? waitedMs * share;
  return Math.min(Math.max(wantedMs, shortestMs), longestStepMs[haste]);
}
