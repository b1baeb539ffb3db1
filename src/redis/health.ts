import type { Redis } from 'ioredis';
import { healthKey } from './record/keys.ts';

export type RedisHealth =
  | { readonly is: 'ok' }
  /** Once its memory is full it deletes what it was given: decisions would be forgotten. */
  | { readonly is: 'forgetful'; readonly policy: string }
  /** `why` is Redis' own word, e.g. `OOM` or `READONLY`, or nothing where it did not answer. */
  | { readonly is: 'down'; readonly why: string };

/** Writes, because a server that is full or has become a replica still answers. */
export async function checkRedis(redis: Redis): Promise<RedisHealth> {
  try {
    await redis.set(healthKey, '1', 'PX', 60_000);
  } catch (error) {
    const [, why = ''] = /^([A-Z]{3,}) /.exec(error instanceof Error ? error.message : '') ?? [];
    return { is: 'down', why };
  }
  // Hosted servers may keep their settings to themselves.
  const memory = await redis.info('memory').catch(() => '');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction';
  return policy === 'noeviction' ? { is: 'ok' } : { is: 'forgetful', policy };
}
