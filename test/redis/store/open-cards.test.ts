import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { Stores } from '../../../src/ports/ports.ts';
import { openCardsKey, requestKey } from '../../../src/redis/record/keys.ts';
import { redisStores } from '../../../src/redis/store/stores.ts';
import { aRequest, aSession, minute, noon } from '../../support/build.ts';
import { keepingLog } from '../../support/log.ts';
import type { ConnectedRedis } from '../../support/redis.ts';
import { startConnectedRedis } from '../../support/redis.ts';

const key = openCardsKey('U0ASKER');
const requestNamed = (name: string) =>
  aRequest({ id: name, ref: `ref-${name}`, session: aSession({ sessionId: name }) });

describe('what counts the open cards of a person', () => {
  const { log } = keepingLog();
  let server: ConnectedRedis;
  let redis: Redis;
  let stores: Stores;

  const open = async (request: DisconnectRequest) =>
    stores.requests.open(request, auditOfRequest(request, noon));

  beforeAll(async () => {
    server = await startConnectedRedis(log);
    redis = server.redis;
    stores = redisStores({ redis, log });
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    await redis.flushall();
    for (let index = 0; index < 20; index += 1) await open(requestNamed(`r${index}`));
  });

  it('makes room for what an older version has decided, which does not count', async () => {
    const [member = ''] = await redis.zrange(key, '0', '0');
    const denied = {
      ...requestNamed('r0'),
      version: 1,
      state: { is: 'denied', by: 'U1', at: noon },
    } as const;
    await stores.requests.save(denied, auditOfRequest(denied, noon));
    await redis.zadd(key, denied.expiresAt, member);
    expect(await open(requestNamed('r20'))).toEqual({ opened: true });
    expect(await redis.zcard(key)).toBe(20);
  });

  it('counts what this version cannot read', async () => {
    await redis.set(requestKey('r0'), '{"schema":9}');
    expect(await open(requestNamed('r20'))).toEqual({ opened: false, openCards: 20 });
  });

  it('lives as long as the last card that it counts, and no longer', async () => {
    expect(await redis.pttl(key)).toBeGreaterThan(29 * minute);
    const short = { ...requestNamed('short'), requester: 'U0OTHER', expiresAt: noon + minute };
    await open({ ...requestNamed('long'), requester: 'U0OTHER' });
    await open(short);
    expect(await redis.pttl(openCardsKey('U0OTHER'))).toBeGreaterThan(29 * minute);
    expect(await redis.pttl(openCardsKey('U0OTHER'))).toBeLessThanOrEqual(30 * minute);
  });
});
