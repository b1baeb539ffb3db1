import type { Redis } from 'ioredis';
import type { StoreOwners } from '../../ports/store-owner.ts';
import { storeOwnerKey } from '../record/keys.ts';
import type { RedisRecords } from '../record/records.ts';
import { storeOwnerShape } from '../record/shapes/workspace.ts';
import { atVersion } from '../record/conditions.ts';
import { put } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';

export function redisStoreOwner({
  redis,
  records,
}: {
  readonly redis: Redis;
  readonly records: RedisRecords;
}): StoreOwners {
  const commit = redisCommit(redis);
  return {
    get: async () => records.read(storeOwnerKey, storeOwnerShape),
    save: async (owner) =>
      commit(
        [atVersion(storeOwnerKey, owner.version)],
        [put(storeOwnerKey, { ...owner, version: owner.version + 1 })],
      ),
  };
}
