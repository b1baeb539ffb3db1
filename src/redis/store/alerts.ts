import type { Redis } from 'ioredis';
import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import { wakesAt } from '../../domain/alerts/wake.ts';
import { cardsOfAlert, cardsOver } from '../../domain/cards/of-subject.ts';
import type { Alerts } from '../../ports/alerts.ts';
import { alertKey, cardKey, dueKey } from '../record/keys.ts';
import type { RedisRecords } from '../record/records.ts';
import { alertShape } from '../record/shapes/alerts.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion } from '../record/conditions.ts';
import { dueBy, effect, expireFrom, put } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { appendEntry } from './audit.ts';
import { dueAlert, dueCard } from './due.ts';

export interface AlertKeeping {
  readonly settledKeepMs: number;
  readonly auditKeepMs: number;
}

export function redisAlerts({
  redis,
  records,
  settledKeepMs,
  auditKeepMs,
}: { readonly redis: Redis; readonly records: RedisRecords } & AlertKeeping): Alerts {
  const commit = redisCommit(redis);
  return {
    get: async (id) => records.read(alertKey(id), alertShape),
    many: async (ids) => records.readReadable(ids.map(alertKey), alertShape),
    save: async (alert, entry) => {
      const { conditions, effects } = changeAlert(alert, entry.at, settledKeepMs);
      return commit(conditions, [...effects, appendEntry(entry, auditKeepMs)]);
    },
  };
}

/** With its cards due at `at` and its own next step; `keepMs` counts from its end. */
export function changeAlert(alert: Alert, at: number, keepMs: number): Change {
  const key = alertKey(alert.id);
  const member = dueAlert(alert.id);
  const nextStepAt = wakesAt(alert);
  return {
    conditions: [atVersion(key, alert.version)],
    effects: [
      put(key, { ...alert, version: alert.version + 1 }, isOpen(alert) ? undefined : keepMs),
      ...cardsOfAlert(alert).map((card) => dueBy(dueKey, dueCard(card), at)),
      ...cardsOver(alert).map((card) => expireFrom(cardKey(card), keepMs)),
      nextStepAt === undefined ? effect('ZREM', dueKey, member) : effect('ZADD', dueKey, nextStepAt, member),
    ],
  };
}
