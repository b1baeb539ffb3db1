import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { redisPolicies } from '../../../src/redis/store/policies.ts';
import { keepingLog } from '../../support/log.ts';
import type { ConnectedRedis } from '../../support/redis.ts';
import { startConnectedRedis } from '../../support/redis.ts';

let server: ConnectedRedis;
let redis: Redis;

beforeAll(async () => {
  server = await startConnectedRedis(keepingLog().log);
  redis = server.redis;
});
afterAll(async () => {
  await server.stop();
});

describe('which policies replicas apply', () => {
  beforeEach(async () => {
    await redis.flushall();
  });

  it('is what each said last', async () => {
    const policies = redisPolicies({ redis });
    await policies.note('one', '3f2a');
    await policies.note('other', '3f2a');
    const inForce = await policies.note('one', '9be1');
    expect(new Map(inForce.map(({ replica, digest }) => [replica, digest]))).toEqual(
      new Map([
        ['one', '9be1'],
        ['other', '3f2a'],
      ]),
    );
  });

  it('is not what one said that has stopped, or has not been heard of for long', async () => {
    const policies = redisPolicies({ redis });
    for (const replica of ['one', 'stopped', 'killed']) await policies.note(replica, '3f2a');
    await policies.leave('stopped');
    await redis.zincrby('{bastion}:policies-noted', -60_000, 'killed');
    expect(await policies.note('one', '3f2a')).toEqual([{ replica: 'one', digest: '3f2a' }]);
    expect(await redis.hkeys('{bastion}:policies')).toEqual(['one']);
  });
});
