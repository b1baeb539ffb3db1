import { afterEach, describe, expect, it } from '@jest/globals';
import { redisRound } from '../../src/app/redis-health.ts';
import { healthBoard } from '../../src/ops/health.ts';
import type { TokenSignIn } from '../../src/redis/token-sign-in.ts';
import { noon } from '../support/build.ts';
import { keepingLog } from '../support/log.ts';
import type { ConnectedRedis } from '../support/redis.ts';
import { startConnectedRedis } from '../support/redis.ts';

describe('what /readyz says of signing in to Redis', () => {
  let server: ConnectedRedis;
  afterEach(async () => server.stop());

  async function partsWith(standing: ReturnType<TokenSignIn['standing']>, rule = '+@all') {
    const { log } = keepingLog();
    server = await startConnectedRedis(log);
    await server.redis.call('ACL', 'SETUSER', 'default', rule);
    const board = healthBoard({ clock: () => noon });
    const signIn: TokenSignIn = {
      begun: Promise.resolve(),
      signature: () => ({ username: 'bot' }),
      keep: (redis) => redis,
      standing: () => standing,
      stop: () => undefined,
    };
    const { run } = redisRound({ board, redis: server.redis, signIn, log, lose: () => undefined });
    await run(new AbortController().signal);
    return board.health().parts.map(({ name, state, detail }) => [name, state, detail]);
  }

  it('is how long the token lasts', async () => {
    expect(await partsWith({ expiresAt: noon })).toEqual([
      ['redis token', 'ok', 'it lasts until 2026-11-23T12:00:00.000Z'],
      ['redis', 'ok', undefined],
    ]);
  });

  it('is that Azure gives no other, while the old one lasts', async () => {
    expect(await partsWith({ expiresAt: noon, trouble: 'AADSTS700016' })).toEqual([
      [
        'redis token',
        'degraded',
        'Azure gives no other (AADSTS700016); it lasts until 2026-11-23T12:00:00.000Z',
      ],
      ['redis', 'ok', undefined],
    ]);
  });

  it('is that there is none, and what the user may not', async () => {
    expect(await partsWith({ trouble: 'timed-out' }, '-set')).toEqual([
      ['redis token', 'degraded', 'Azure gives no other (timed-out); there is none'],
      ['redis', 'down', expect.stringMatching(/^the user in REDIS_URL may not do all .*operate\.md/)],
    ]);
  });
});
