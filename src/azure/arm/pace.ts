import type { Haste } from '../../ports/bastion.ts';

/** No server makes us wait longer than this between two questions about one operation. */
const longestStepMs: Readonly<Record<Haste, number>> = { waiting: 1000, background: 60_000 };

/** For somebody who waits: 0.1 s at first, then a twentieth of the time waited; in the background as long as the server says. */
export function stepMs(haste: Haste, waitedMs: number, retryAfterMs: number | undefined): number {
  const [share, shortestMs] = haste === 'waiting' ? [0.05, 100] : [0.25, 250];
  const wantedMs = (haste === 'background' ? retryAfterMs : undefined) ?? waitedMs * share;
  return Math.min(Math.max(wantedMs, shortestMs), longestStepMs[haste]);
}
