import type { Redis } from 'ioredis';
import { within } from '../jobs/deadline.ts';
import type { AskToken } from '../ports/access-tokens.ts';
import { CannotStart } from '../ports/cannot-start.ts';
import type { ConnectOptions } from '../redis/connect.ts';
import { closeRedis, connectRedis, reachedWithin } from '../redis/connect.ts';
import { isClustered } from '../redis/health.ts';
import { startEmbeddedRedis } from '../redis/server/private-server.ts';
import type { TokenSignIn } from '../redis/token-sign-in.ts';
import { tokenSignIn } from '../redis/token-sign-in.ts';
import type { InstalledApp } from '../slack/wire/installed-app.ts';
import { clusteredRedis } from './redis-health.ts';
import type { Start } from './start.ts';

export interface ReachedRedis {
  readonly redis: Redis;
  readonly connect: (use: ConnectOptions['use']) => Redis;
  readonly signIn: TokenSignIn | undefined;
}

/** Redis and Slack each take their time, side by side. Throws an `AggregateError` of whatever keeps it from either. */
export async function reachOthers(
  start: Start,
  slack: InstalledApp,
  redisToken: AskToken,
): Promise<ReachedRedis> {
  const cut = new AbortController();
  const token = expectToken(slack).catch((error: unknown) => {
    // A server that loads for minutes would keep this from being told.
    cut.abort(error);
    throw error;
  });
  const [accepted, reached] = await Promise.allSettled([token, reachRedis(start, cut, redisToken)]);
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

async function reachRedis(start: Start, cut: AbortController, ask: AskToken): Promise<ReachedRedis> {
  const { log, settings, stops } = start;
  const url = await redisAt(start, cut);
  const signIn = await signInAs(
    'entraUser' in settings.redis ? settings.redis.entraUser : undefined,
    start,
    ask,
  );
  const connect: ReachedRedis['connect'] = (use) => connectRedis({ url, use, log, signIn });
  const redis = connect('commands');
  stops.add('redis', async () => closeRedis(redis));
  const isReached = await reachedWithin(redis, 2000);
  // Who may not ask is told so by the health of Redis.
  if (isReached && (await isClustered(redis).catch(() => false))) throw new CannotStart(clusteredRedis);
  return { redis, connect, signIn };
}

const tokenPatienceMs = 5000;

/** An Azure out of reach keeps no start from going on. */
async function signInAs(
  user: string | undefined,
  { clock, log, stops }: Start,
  ask: AskToken,
): Promise<TokenSignIn | undefined> {
  if (user === undefined) return undefined;
  const signIn = tokenSignIn({ user, ask, clock, log });
  stops.add('sign-in to redis', async () => Promise.resolve(signIn.stop()));
  await within(tokenPatienceMs, signIn.begun).catch(() => undefined);
  return signIn;
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
