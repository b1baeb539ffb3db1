import type { Redis } from 'ioredis';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isSettled } from '../../domain/requests/phases.ts';
import { sessionsOf } from '../../domain/requests/tunnel.ts';
import type { SessionClaim } from '../../ports/requests.ts';
import { claimKey, requestKey, startClaimKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import { requestShape } from '../record/shapes/requests.ts';
import type { Effect } from '../record/effects.ts';
import type { Change, Commit } from '../record/transaction.ts';
import { isFree } from '../record/conditions.ts';
import { effect, release } from '../record/effects.ts';

/** A claim whose request never settled is free again this long after the request could have been decided. */
const claimOutlivesMs = 24 * 3_600_000;

/** Version 0.1 knows a session by its start, which is refined; the ref stays. */
function keysOf(claimed: SessionClaim): readonly string[] {
  const keys = sessionsOf(claimed).flatMap(({ ref, session }) => [claimKey(ref), startClaimKey(session)]);
  return [...new Set(keys)];
}

export function claim(request: DisconnectRequest): Change {
  const keys = keysOf(request);
  const forMs = request.expiresAt - request.askedAt + claimOutlivesMs;
  return {
    conditions: keys.map(isFree),
    effects: keys.map((key) => effect('SET', key, request.id, 'PX', forMs)),
  };
}

export function freed(request: DisconnectRequest): readonly Effect[] {
  return keysOf(request).map((key) => release(key, request.id));
}

export async function claimant(
  store: ClaimStore,
  claimed: SessionClaim,
): Promise<DisconnectRequest | undefined> {
  const found = await holders(store, claimed);
  return found.find(({ open }) => open !== undefined)?.open;
}

/** Frees what a settled request still holds: version 0.1 frees its own claim only. */
export async function freeSettled(store: ClaimStore, claimed: SessionClaim): Promise<void> {
  const found = await holders(store, claimed);
  await store.commit(
    [],
    found.flatMap(({ key, id, open }) => (open ? [] : [release(key, id)])),
  );
}

export interface ClaimStore {
  readonly redis: Redis;
  readonly records: RedisRecords;
  readonly commit: Commit;
}

async function holders({ redis, records }: ClaimStore, claimed: SessionClaim) {
  const keys = keysOf(claimed);
  const ids = await reach(redis.mget([...keys]));
  const distinct = [...new Set(ids.filter((id) => id !== null))];
  const requests = new Map(
    await Promise.all(
      distinct.map(async (id) => [id, await records.read(requestKey(id), requestShape)] as const),
    ),
  );
  return keys.flatMap((key, index) => {
    const id = ids[index];
    if (typeof id !== 'string') return [];
    const request = requests.get(id);
    return [{ key, id, open: request && !isSettled(request) ? request : undefined }];
  });
}
