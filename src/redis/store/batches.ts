import type { Redis } from 'ioredis';
import type { Batch } from '../../domain/requests/batch.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { Batches, NewMember } from '../../ports/batches.ts';
import { batchKey } from '../record/keys.ts';
import type { RedisRecords } from '../record/records.ts';
import { batchShape } from '../record/shapes/requests.ts';
import { atVersion } from '../record/conditions.ts';
import { put } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { claimant, freeSettled } from './claims.ts';
import { fullWith, roomFor } from './open-cards.ts';
import type { RequestKeeping } from './requests.ts';
import { openAttempts, openRequest } from './requests.ts';

export async function readBatch(records: RedisRecords, id: string): Promise<Batch | undefined> {
  return records.read(batchKey(id), batchShape);
}

export function redisBatches({
  redis,
  records,
  ...keeping
}: { readonly redis: Redis; readonly records: RedisRecords } & RequestKeeping): Batches {
  const commit = redisCommit(redis);
  const claims = { redis, records, commit };

  async function store(batch: Omit<Batch, 'requestIds'>, members: readonly NewMember[]) {
    const key = batchKey(batch.id);
    const record = { ...batch, requestIds: members.map(({ request }) => request.id), version: 1 };
    const changes = members.map(({ request, entry }) => openRequest(request, entry, keeping));
    return commit(
      [
        atVersion(key, 0),
        ...changes.flatMap(({ conditions }) => conditions),
        ...members.slice(0, 1).flatMap(({ request }) => roomFor(request)),
      ],
      [put(key, record), ...changes.flatMap(({ effects }) => effects)],
    );
  }

  return {
    get: async (id) => readBatch(records, id),
    open: async (batch, wanted) => {
      let members = wanted;
      const existing: DisconnectRequest[] = [];
      for (let attempt = 0; attempt < openAttempts; attempt += 1) {
        if (members.length === 0) return { members: [], existing };
        if ((await store(batch, members)) === 'saved') {
          return { members: members.map(({ request }) => request), existing };
        }
        const holders = await Promise.all(members.map(async ({ request }) => claimant(claims, request)));
        existing.push(...holders.flatMap((holder) => holder ?? []));
        members = members.filter((_, index) => !holders[index]);
        const [first] = members;
        const openCards = first && (await fullWith(claims, first.request));
        if (openCards !== undefined) return { members: [], existing, openCards };
        await Promise.all(members.map(async ({ request }) => freeSettled(claims, request)));
      }
      throw new Error(`Batch ${batch.id} cannot be opened: its id or its sessions are taken.`);
    },
  };
}
