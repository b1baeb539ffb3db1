import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { oneOf, seededRandom } from '../support/random.ts';

/** Chance that repeats itself for the same seed. */
export interface Chance {
  /** Whether something happens that does so `share` of the time. */
  odds(share: number): boolean;
  between(least: number, most: number): number;
  oneOf<T>(all: readonly T[]): T | undefined;
  pause(leastMs: number, mostMs: number, signal?: AbortSignal): Promise<void>;
}

/** Each who acts has a chance of their own, so that none depends on how fast another is. */
export function chanceOf(seed: number, actor: string): Chance {
  const random = seededRandom(createHash('sha256').update(`${seed} ${actor}`).digest().readInt32BE());
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    odds: (share) => random() < share,
    between,
    oneOf: (all) => oneOf(random, all),
    pause: async (leastMs, mostMs, signal) => {
      await delay(between(leastMs, mostMs), undefined, { signal }).catch(() => undefined);
    },
  };
}
