import type { Redis } from 'ioredis';
import type { Outage } from '../../domain/alerts/outage.ts';
import { isLasting } from '../../domain/alerts/outage.ts';
import { cardsOfOutage } from '../../domain/cards/of-subject.ts';
import type { Outages } from '../../ports/outages.ts';
import { dueKey, outageKey, outagesKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import { outageShape } from '../record/shapes/outages.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion } from '../record/conditions.ts';
import { dueBy, effect, put } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { changeCard } from './cards.ts';
import { dueCard } from './due.ts';
import { changeSilence } from './silences.ts';

export interface OutagesOptions {
  readonly redis: Redis;
  readonly records: RedisRecords;
  readonly settledKeepMs: number;
}

export function redisOutages({ redis, records, settledKeepMs }: OutagesOptions): Outages {
  const commit = redisCommit(redis);
  return {
    get: async (id) => records.read(outageKey(id), outageShape),
    lasting: async () => {
      const ids = await reach(redis.smembers(outagesKey));
      return records.readReadable(ids.toSorted().map(outageKey), outageShape);
    },
    save: async ({ outage, silences }, now, handOver) => {
      const changes = [
        changeOutage(outage, now, settledKeepMs),
        ...silences.map((silence) => changeSilence(silence, now, settledKeepMs)),
        ...(handOver ? [changeCard(handOver.from), changeCard(handOver.to)] : []),
      ];
      return commit(
        changes.flatMap(({ conditions }) => conditions),
        changes.flatMap(({ effects }) => effects),
      );
    },
  };
}

function changeOutage(outage: Outage, at: number, keepMs: number): Change {
  const key = outageKey(outage.id);
  const next = { ...outage, version: outage.version + 1 };
  return {
    conditions: [atVersion(key, outage.version)],
    effects: [
      put(key, next, isLasting(outage) ? undefined : keepMs),
      effect(isLasting(outage) ? 'SADD' : 'SREM', outagesKey, outage.id),
      ...cardsOfOutage(outage).map((card) => dueBy(dueKey, dueCard(card), at)),
    ],
  };
}
