import type { WebClient } from '@slack/web-api';
import type { Redis } from 'ioredis';
import { CannotStart } from '../ports/cannot-start.ts';
import { closeRedis, connectRedis, reachedWithin } from '../redis/connect.ts';
import { startEmbeddedRedis } from '../redis/server/private-server.ts';
import { checkToken } from '../slack/wire/token-check.ts';
import type { Start } from './start.ts';

export interface ReachedRedis {
  readonly url: string;
  readonly redis: Redis;
}

/** Redis and Slack each take their time, side by side. Throws `CannotStart`. */
export async function reachOthers(start: Start, slack: WebClient): Promise<ReachedRedis> {
  const token = checkToken(slack);
  const reached = await reachRedis(start);
  const check = await token;
  if (check.is !== 'refused') return reached;
  throw new CannotStart(
    `SLACK_BOT_TOKEN: Slack refuses it (${check.code}); copy it anew from the app's settings`,
  );
}

async function reachRedis(start: Start): Promise<ReachedRedis> {
  const url = await redisAt(start);
  const redis = connectRedis({ url, use: 'commands', log: start.log });
  start.stops.add('redis', async () => closeRedis(redis));
  await reachedWithin(redis, 2000);
  return { url, redis };
}

/** The address of the Redis to use: the one named, or a private server of this process. */
async function redisAt({ settings: { redis }, log, stops, lose }: Start): Promise<string> {
  if ('url' in redis) return redis.url;
  const server = await startEmbeddedRedis({ ...redis, log });
  stops.add('private Redis server', async () => server.stop());
  void server.exited.then(() => lose('private Redis server'));
  return server.url;
}
