import type { Redis } from 'ioredis';
import type { Blindness } from '../domain/alerts/silence.ts';
import { isBlind } from '../domain/alerts/silence.ts';
import { cardsOfBlindness } from '../domain/cards/card.ts';
import type { Blindnesses } from '../ports/silences.ts';
import { dueCard } from './due.ts';
import { blindnessKey, dueKey } from './keys.ts';
import { readRecord } from './read.ts';
import { blindnessShape } from './shapes.ts';
import type { Change } from './transaction.ts';
import { atVersion, dueBy, put } from './transaction.ts';

export function redisBlindnesses({ redis }: { readonly redis: Redis }): Blindnesses {
  return { get: async (id) => readRecord(redis, blindnessKey(id), blindnessShape) };
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
