import type { Redis } from 'ioredis';
import type { Round } from '../jobs/rounds.ts';
import type { HealthBoard, PartState } from '../ops/health.ts';
import type { Log } from '../ports/log.ts';
import { checkRedis } from '../redis/health.ts';
import type { Refusal } from '../redis/refusal.ts';
import type { SignInStanding, TokenSignIn } from '../redis/token-sign-in.ts';
import type { Start } from './start.ts';

export const clusteredRedis =
  'REDIS_URL: this Redis is a cluster, and the bot follows no keys from server to server. In Azure its clustering policy is "OSS": it takes one whose policy is "Enterprise" or "Non-clustered"';

const refusals: Readonly<Record<Refusal, string>> = {
  WRONGPASS: 'Redis refuses the user or the password in REDIS_URL (WRONGPASS)',
  NOAUTH: 'Redis wants a password, and REDIS_URL has none (NOAUTH)',
  NOPERM:
    'the user in REDIS_URL may not do all that the bot needs (NOPERM): docs/operate.md names its rights',
  NODB: 'Redis has no database of the number at the end of REDIS_URL',
};

const tokenRefused =
  "Redis refuses the token (WRONGPASS): the user in REDIS_URL must be the object id of the bot's identity, and Redis must let it in";

function isOfToken(refusal: Refusal): boolean {
  return refusal === 'WRONGPASS' || refusal === 'NOAUTH';
}

/** Without a new one the bot works on for as long as the server takes the old one. */
function tokenReport({ expiresAt, trouble }: SignInStanding): readonly [PartState, string] {
  const lasts =
    expiresAt === undefined ? 'there is none' : `it lasts until ${new Date(expiresAt).toISOString()}`;
  return trouble === undefined ? ['ok', lasts] : ['degraded', `Azure gives no other (${trouble}); ${lasts}`];
}

interface RedisSources extends Pick<Start, 'lose'> {
  readonly board: HealthBoard;
  readonly redis: Redis;
  readonly signIn: TokenSignIn | undefined;
  readonly log: Log;
}

/** What becomes known of Redis only after the start is said here, and what the start refuses ends the process. */
export function redisRound({ board, redis, signIn, log, lose }: RedisSources): Round {
  let told = '';
  const tellOnce = (what: string, tell: () => void) => {
    if (told !== what) tell();
    told = what;
  };
  return {
    name: 'health of redis',
    everyMs: 2000,
    run: async () => {
      const health = await checkRedis(redis);
      if (signIn) board.report('redis token', ...tokenReport(signIn.standing()));
      switch (health.is) {
        case 'ok':
          told = '';
          return board.report('redis', 'ok');
        case 'down':
          return board.report('redis', 'down', health.why);
        case 'refused':
          return board.report(
            'redis',
            'down',
            signIn && isOfToken(health.why) ? tokenRefused : refusals[health.why],
          );
        case 'forgetful':
          tellOnce('forgetful', () =>
            log.warn(
              { policy: health.policy },
              'Redis may forget decisions: set maxmemory-policy to noeviction',
            ),
          );
          return board.report('redis', 'degraded', `maxmemory-policy is ${health.policy}`);
        case 'clustered':
          tellOnce('clustered', () => {
            log.error({ redis: clusteredRedis }, 'Redis is a cluster');
            lose('redis');
          });
          return board.report('redis', 'down', clusteredRedis);
      }
    },
  };
}
