export interface TurnsStanding {
  readonly at: number;
  readonly lagMs: number;
  readonly waiting: number;
  readonly lastTakenAt?: number;
}

export type PollingStanding =
  | { readonly is: 'on-time' }
  | { readonly is: 'behind'; readonly lagMs: number; readonly waiting: number }
  /** Hosts are due, and no worker takes their turns; `since` is undefined where none ever did. */
  | { readonly is: 'nobody-polls'; readonly since?: number };

/** Longer than polls can keep a worker that waits for all of them. */
const leastSilentMs = 90_000;

export function pollingStanding(
  { at, lagMs, waiting, lastTakenAt }: TurnsStanding,
  everyMs: number,
): PollingStanding {
  if (waiting === 0) return { is: 'on-time' };
  const silentMs = lastTakenAt === undefined ? lagMs : at - lastTakenAt;
  if (silentMs > Math.max(3 * everyMs, leastSilentMs))
    return { is: 'nobody-polls', ...(lastTakenAt !== undefined && { since: lastTakenAt }) };
  return lagMs > everyMs ? { is: 'behind', lagMs, waiting } : { is: 'on-time' };
}
