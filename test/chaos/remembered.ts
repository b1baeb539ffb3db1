import type { Redis } from 'ioredis';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { Outage } from '../../src/domain/alerts/outage.ts';
import type { Silence } from '../../src/domain/alerts/silence.ts';
import type { Batch } from '../../src/domain/requests/batch.ts';
import type { DisconnectRequest } from '../../src/domain/requests/request.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { keepingLog } from '../support/log.ts';

/** What the bot remembers at the end of a story. */
export interface Remembered {
  readonly alerts: readonly Alert[];
  readonly silences: readonly Silence[];
  readonly outages: readonly Outage[];
  readonly requests: readonly DisconnectRequest[];
  readonly batches: readonly Batch[];
}

/** Everything in Redis, read as the bot reads it. */
export async function remember(redis: Redis): Promise<Remembered> {
  const { alerts, batches, silences, outages, requests } = redisStores({ redis, log: keepingLog().log });
  const idsOf = async (kind: string) =>
    (await redis.keys(`{bastion}:${kind}:*`)).map((key) => key.slice(`{bastion}:${kind}:`.length));
  const each = async <Record>(kind: string, get: (id: string) => Promise<Record | undefined>) =>
    (await Promise.all((await idsOf(kind)).map(get))).filter((record) => record !== undefined);
  return {
    alerts: await alerts.many(await idsOf('alert')),
    silences: await each('blindness', async (id) => silences.get(id)),
    outages: await each('outage', async (id) => outages.get(id)),
    requests: await each('request', async (id) => requests.get(id)),
    batches: await each('batch', async (id) => batches.get(id)),
  };
}

/** Says of what kind something wrong is, and what exactly it was. */
export type Wrong = (kind: string, what: string) => void;
