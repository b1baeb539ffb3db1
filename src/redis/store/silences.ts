import type { Blindness } from '../../domain/alerts/silence.ts';
import { isBlind } from '../../domain/alerts/silence.ts';
import { cardsOfBlindness } from '../../domain/cards/of-subject.ts';
import type { Blindnesses } from '../../ports/silences.ts';
import { blindnessKey, dueKey } from '../record/keys.ts';
import type { RedisRecords } from '../record/records.ts';
import { blindnessShape } from '../record/shapes/alerts.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion } from '../record/conditions.ts';
import { dueBy, put } from '../record/effects.ts';
import { dueCard } from './due.ts';

export function redisBlindnesses({ records }: { readonly records: RedisRecords }): Blindnesses {
  return {
    get: async (id) => records.read(blindnessKey(id), blindnessShape),
    many: async (ids) => records.readReadable(ids.map(blindnessKey), blindnessShape),
  };
}

/** Moves it on by one version and makes its card due at `at`; `keepMs` counts from its end. */
export function changeBlindness(blindness: Blindness, at: number, keepMs: number): Change {
  const key = blindnessKey(blindness.id);
  const next = { ...blindness, version: blindness.version + 1 };
  return {
    conditions: [atVersion(key, blindness.version)],
    effects: [
      put(key, next, isBlind(blindness) ? undefined : keepMs),
      ...cardsOfBlindness(blindness).map((card) => dueBy(dueKey, dueCard(card), at)),
    ],
  };
}
