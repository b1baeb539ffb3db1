import type { Redis } from 'ioredis';
import { CannotStart } from '../ports/cannot-start.ts';
import { closeRedis, connectRedis, reachedWithin } from '../redis/connect.ts';
import { isClustered } from '../redis/health.ts';
import { startEmbeddedRedis } from '../redis/server/private-server.ts';
import type { InstalledApp } from '../slack/wire/installed-app.ts';
import { clusteredRedis } from './redis-health.ts';
import type { Start } from './start.ts';

export interface ReachedRedis {
  readonly url: string;
  readonly redis: Redis;
}

/** Redis and Slack each take their time, side by side. Throws an `AggregateError` of whatever keeps it from either. */
export async function reachOthers(start: Start, slack: InstalledApp): Promise<ReachedRedis> {
  const cut = new AbortController();
  const token = expectToken(slack).catch((error: unknown) => {
    // A server that loads for minutes would keep this from being told.
    cut.abort(error);
    throw error;
  });
  const [accepted, reached] = await Promise.allSettled([token, reachRedis(start, cut)]);
  if (accepted.status === 'fulfilled' && reached.status === 'fulfilled') return reached.value;
  const reasons = [accepted, reached].flatMap((each): unknown[] =>
    each.status === 'rejected' ? [each.reason] : [],
  );
  throw new AggregateError(new Set(reasons));
}

/** A Slack out of reach keeps no start from going on. */
async function expectToken(slack: InstalledApp): Promise<void> {
  const check = await slack.ask();
  if (check.is !== 'refused') return;
  throw new CannotStart(
    `SLACK_BOT_TOKEN: Slack refuses it (${check.code}); copy it anew from the app's settings`,
  );
}

async function reachRedis(start: Start, cut: AbortController): Promise<ReachedRedis> {
  const url = await redisAt(start, cut);
  const redis = connectRedis({ url, use: 'commands', log: start.log });
  start.stops.add('redis', async () => closeRedis(redis));
  const isReached = await reachedWithin(redis, 2000);
  if (isReached && (await isClustered(redis))) throw new CannotStart(clusteredRedis);
  return { url, redis };
}

/** The address of the Redis to use: the one named, or a private server of this process. */
async function redisAt({ settings, log, stops, lose }: Start, cut: AbortController): Promise<string> {
  const { redis } = settings;
  if ('url' in redis) return redis.url;
  const starting = startEmbeddedRedis({ ...redis, signal: cut.signal, log });
  stops.add('private Redis server', async () => {
    cut.abort();
    const server = await starting.catch(() => undefined);
    await server?.stop();
  });
  const server = await starting;
  void server.exited.then(() => lose('private Redis server'));
  return server.url;
}
