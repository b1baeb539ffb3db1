/** How often a method may be called: https://docs.slack.dev/apis/web-api/rate-limits */
export interface Rate {
  readonly perMinute: number;
  /** Counted for each channel apart. */
  readonly perChannel?: true;
  /** How many may come at once. */
  readonly burst: number;
}

export const rates = {
  tier2: { perMinute: 20, burst: 20 },
  tier3: { perMinute: 50, burst: 50 },
  tier4: { perMinute: 100, burst: 100 },
  posting: { perMinute: 60, perChannel: true, burst: 1 },
  unlimited: { perMinute: Infinity, burst: Infinity },
} satisfies Record<string, Rate>;

export interface RateLimits {
  enforced: boolean;
  /** Takes one call; otherwise how many whole seconds to wait. */
  take(method: string, channel: string | undefined, rate: Rate): 'taken' | { retryAfterSeconds: number };
}

export function createRateLimits(clock: () => number): RateLimits {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    enforced: false,
    take(method, channel, rate) {
      if (!this.enforced || rate.perMinute === Infinity) return 'taken';
      const key = rate.perChannel ? `${method} ${channel ?? ''}` : method;
      const now = clock();
      const perMs = rate.perMinute / 60_000;
      const bucket = buckets.get(key) ?? { left: rate.burst, at: now };
      const left = Math.min(rate.burst, bucket.left + (now - bucket.at) * perMs);
      if (left < 1) return { retryAfterSeconds: Math.max(1, Math.ceil((1 - left) / perMs / 1000)) };
      buckets.set(key, { left: left - 1, at: now });
      return 'taken';
    },
  };
}
