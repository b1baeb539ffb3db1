import type { Redis } from 'ioredis';
import type { Card } from '../../domain/cards/card.ts';
import type { CardKey } from '../../domain/cards/kinds.ts';
import { cards as kinds, writtenKey } from '../../domain/cards/kinds.ts';
import type { Cards } from '../../ports/cards.ts';
import { answeredKey, cardKey, dueKey, requestKey, subjectKey, troubleKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import { cardShape } from '../record/shapes/cards.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion, isFree } from '../record/conditions.ts';
import { dueUnlessShown, effect, expireWith, put } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { readBatch } from './batches.ts';
import { dueCard } from './due.ts';

const answerKeepMs = 24 * 60 * 60_000;

export function redisCards({
  redis,
  records,
}: {
  readonly redis: Redis;
  readonly records: RedisRecords;
}): Cards {
  const commit = redisCommit(redis);
  /** The records whose versions add up to that of the card's subject. */
  const versionedKeys = async (key: CardKey): Promise<readonly string[]> => {
    if (kinds[key.card].subject !== 'batch') return [subjectKey(key)];
    const batch = await readBatch(records, key.id);
    return batch?.requestIds.map(requestKey) ?? [];
  };
  return {
    get: async (key) => (await records.read(cardKey(key), cardShape)) ?? { key, version: 0, shown: 0 },
    save: async (card, dueAt) => {
      const { conditions, effects } = changeCard(card);
      const member = dueCard(card.key);
      return commit(conditions, [
        ...effects,
        dueAt === undefined
          ? dueUnlessShown(dueKey, await versionedKeys(card.key), { member, shown: card.shown })
          : effect('ZADD', dueKey, dueAt, member),
      ]);
    },
    settle: async ({ key, shown }) => {
      await commit([], [dueUnlessShown(dueKey, await versionedKeys(key), { member: dueCard(key), shown })]);
    },
    noteAnswer: async (conversation, at) => {
      await reach(redis.set(answeredKey(conversation), at, 'PX', answerKeepMs));
    },
    answeredAt: async (conversation) => {
      const at = await reach(redis.get(answeredKey(conversation)));
      return at === null ? undefined : Number(at);
    },
    inTrouble: async () => {
      const keys = await reach(redis.smembers(troubleKey));
      const texts = keys.length === 0 ? [] : await reach(redis.mget(keys));
      for (const key of keys.filter((_, index) => texts[index] === null)) {
        await commit([isFree(key)], [effect('SREM', troubleKey, key)]);
      }
      return records.readReadable(keys, cardShape);
    },
  };
}

export function changeCard(card: Card): Change {
  const key = cardKey(card.key);
  const record = { ...card, key: writtenKey(card.key), version: card.version + 1 };
  return {
    conditions: [atVersion(key, card.version)],
    effects: [
      put(key, record),
      expireWith(key, subjectKey(card.key)),
      effect(card.trouble ? 'SADD' : 'SREM', troubleKey, key),
    ],
  };
}
