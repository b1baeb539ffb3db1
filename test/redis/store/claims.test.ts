import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { Stores } from '../../../src/ports/ports.ts';
import { redisStores } from '../../../src/redis/store/stores.ts';
import { aBatch, aRequest, noon } from '../../support/build.ts';
import { keepingLog } from '../../support/log.ts';
import type { ConnectedRedis } from '../../support/redis.ts';
import { startConnectedRedis } from '../../support/redis.ts';

const { log } = keepingLog();
const request = aRequest();
const second = aRequest({ id: 'request-2' });
const { hostId, sessionId, startedAt } = request.session;
const keys = {
  byRef: '{bastion}:claim:ref-1',
  byStart: `{bastion}:claim:${hostId}:${sessionId}:${startedAt}`,
};

describe('a claim beside replicas of version 0.1', () => {
  let server: ConnectedRedis;
  let redis: Redis;
  let stores: Stores;

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
  });

  const open = async (one: DisconnectRequest) => stores.requests.open(one, auditOfRequest(one, noon));
  const settle = async () => {
    const denied = { ...request, version: 1, state: { is: 'denied', by: 'U0BOSS', at: noon } } as const;
    await stores.requests.save(denied, auditOfRequest(denied, noon));
  };
  const held = async () => redis.mget(keys.byRef, keys.byStart);

  it('is held under both names, and freed under both', async () => {
    await open(request);
    expect(await held()).toEqual(['request-1', 'request-1']);
    await settle();
    expect(await held()).toEqual([null, null]);
  });

  it('is theirs where they opened the request, and freed with it', async () => {
    await open(request);
    await redis.del(keys.byRef);
    expect(await stores.requests.openOf(request)).toMatchObject({ id: 'request-1' });
    expect(await open(second)).toMatchObject({ opened: false, existing: { id: 'request-1' } });
    const opened = await stores.batches.open(aBatch(), [
      { request: second, entry: auditOfRequest(second, noon) },
    ]);
    expect(opened).toMatchObject({ members: [], existing: [{ id: 'request-1' }] });
    await settle();
    expect(await open(second)).toEqual({ opened: true });
  });

  it('stands in nobody’s way where they settled the request, and freed what they know of', async () => {
    await open(request);
    await settle();
    await redis.set(keys.byRef, request.id);
    expect(await stores.requests.openOf(request)).toBeUndefined();
    expect(await open(second)).toEqual({ opened: true });
    expect(await held()).toEqual(['request-2', 'request-2']);
  });

  it('stands in no batch’s way either', async () => {
    await open(request);
    await settle();
    await redis.set(keys.byRef, request.id);
    const opened = await stores.batches.open(aBatch(), [
      { request: second, entry: auditOfRequest(second, noon) },
    ]);
    expect(opened).toMatchObject({ members: [{ id: 'request-2' }], existing: [] });
  });
});
