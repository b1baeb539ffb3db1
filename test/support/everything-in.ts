import type { Redis } from 'ioredis';

/** Every key of Redis with all that it holds, as text. */
export async function everythingIn(redis: Redis): Promise<string> {
  const keys = await redis.keys('*');
  const held = await Promise.all(
    keys.map(async (key) => `${key}\n${JSON.stringify(await valueAt(redis, key))}`),
  );
  return held.join('\n');
}

async function valueAt(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, '-1', 'WITHSCORES');
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return undefined;
  }
}
