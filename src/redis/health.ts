import type { Redis } from 'ioredis';
import { healthKey } from './record/keys.ts';
import type { Refusal } from './refusal.ts';
import { refusalIn, refusalOf } from './refusal.ts';

export type RedisHealth =
  | { readonly is: 'ok' }
  /** Once its memory is full it deletes records: decisions would be forgotten. */
  | { readonly is: 'forgetful'; readonly policy: string }
  /** This client does not follow keys to other servers. */
  | { readonly is: 'clustered' }
  | { readonly is: 'refused'; readonly why: Refusal }
  /** Redis' own word, e.g. `OOM` or `READONLY`; empty where it did not answer. */
  | { readonly is: 'down'; readonly why: string };

const wordsOfClusters = ['MOVED', 'ASK', 'CROSSSLOT', 'CLUSTERDOWN'];

/** Writes: a server that is full or has become a replica still answers reads. */
export async function checkRedis(redis: Redis): Promise<RedisHealth> {
  try {
    await redis.set(healthKey, '1', 'PX', 60_000);
    if (await isClustered(redis)) return { is: 'clustered' };
    const policy = /^maxmemory_policy:(\S+)/m.exec(await infoOf(redis, 'memory'))?.[1] ?? 'noeviction';
    return policy === 'noeviction' ? { is: 'ok' } : { is: 'forgetful', policy };
  } catch (error) {
    return healthBy(error, redis);
  }
}

function healthBy(error: unknown, redis: Redis): RedisHealth {
  const refusal = refusalIn(error) ?? refusalOf(redis);
  if (refusal !== undefined) return { is: 'refused', why: refusal };
  const [, why = ''] = /^([A-Z]{3,}) /.exec(error instanceof Error ? error.message : '') ?? [];
  return wordsOfClusters.includes(why) ? { is: 'clustered' } : { is: 'down', why };
}

/** Behind a single address, as under Azure's policy "Enterprise", a server may call itself a cluster and know no `CLUSTER`. Throws where forbidden. */
export async function isClustered(redis: Redis): Promise<boolean> {
  if (!/^cluster_enabled:1/m.test(await infoOf(redis, 'cluster').catch(() => ''))) return false;
  return redis.cluster('INFO').then(
    () => true,
    (error: unknown) => {
      if (refusalIn(error) === 'NOPERM') throw error;
      return false;
    },
  );
}

/** Hosted servers may hide their settings, but no jobs run where the whole command is forbidden. */
async function infoOf(redis: Redis, section: 'cluster' | 'memory'): Promise<string> {
  return redis.info(section).catch((error: unknown) => {
    if (refusalIn(error) === 'NOPERM') throw error;
    return '';
  });
}
