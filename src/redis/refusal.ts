import type { Redis } from 'ioredis';

/** `NODB`: no such database; the others are Redis' own words. */
export type Refusal = 'WRONGPASS' | 'NOAUTH' | 'NOPERM' | 'NODB';

const refusals = new WeakMap<Redis, Refusal>();

export function refusalOf(redis: Redis): Refusal | undefined {
  return refusals.get(redis);
}

export function noteRefusals(redis: Redis): void {
  redis.on('ready', () => refusals.delete(redis));
  redis.on('error', (error: Error) => {
    const refusal = refusalIn(error);
    if (refusal !== undefined) refusals.set(redis, refusal);
    else if ('syscall' in error) refusals.delete(redis);
    // ioredis would go on with the database 0.
    if (refusal === 'NODB') redis.disconnect(true);
  });
}

const words: readonly (readonly [begins: string, Refusal])[] = [
  ['WRONGPASS ', 'WRONGPASS'],
  // Before Redis 6.
  ['ERR invalid password', 'WRONGPASS'],
  ['NOAUTH ', 'NOAUTH'],
  ['NOPERM ', 'NOPERM'],
  ['ERR DB index is out of range', 'NODB'],
  ['ERR invalid DB index', 'NODB'],
  ['ERR SELECT is not allowed', 'NODB'],
];

export function refusalIn(error: unknown): Refusal | undefined {
  const message = error instanceof Error ? error.message : '';
  return words.find(([begins]) => message.startsWith(begins))?.[1];
}
