import type { Lane, Pace } from '../../src/ports/rate-limiter.ts';

/** Slack's limits for all replicas that share this, without Redis and without places for those who wait. */
export function memoryPace(clock: () => number): Pace {
  const freeAt = new Map<string, number>();
  const everyMs = (lane: Lane) => (lane === 'looks' ? 240 : lane === 'edits' ? 1500 : 1000);
  const nameOf = (lane: Lane) => (typeof lane === 'string' ? lane : lane.postsTo);
  return {
    take: async (lane) => {
      const waitMs = (freeAt.get(nameOf(lane)) ?? 0) - clock();
      if (waitMs > 0) return waitMs;
      freeAt.set(nameOf(lane), clock() + everyMs(lane));
      return 0;
    },
    close: async (lane, forMs) => {
      freeAt.set(nameOf(lane), Math.max(freeAt.get(nameOf(lane)) ?? 0, clock() + forMs));
    },
  };
}
