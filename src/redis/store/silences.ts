import type { Silence } from '../../domain/alerts/silence.ts';
import { isSilent } from '../../domain/alerts/silence.ts';
import { cardsOfSilence } from '../../domain/cards/of-subject.ts';
import type { Silences } from '../../ports/silences.ts';
import { silenceKey, dueKey } from '../record/keys.ts';
import type { RedisRecords } from '../record/records.ts';
import { silenceShape } from '../record/shapes/alerts.ts';
import type { Change } from '../record/transaction.ts';
import { atVersion } from '../record/conditions.ts';
import { dueBy, put } from '../record/effects.ts';
import { dueCard } from './due.ts';

export function redisSilences({ records }: { readonly records: RedisRecords }): Silences {
  return {
    get: async (id) => records.read(silenceKey(id), silenceShape),
    many: async (ids) => records.readReadable(ids.map(silenceKey), silenceShape),
  };
}

/** With its card due at `at`; `keepMs` counts from its end. */
export function changeSilence(silence: Silence, at: number, keepMs: number): Change {
  const key = silenceKey(silence.id);
  const next = { ...silence, version: silence.version + 1 };
  return {
    conditions: [atVersion(key, silence.version)],
    effects: [
      put(key, next, isSilent(silence) ? undefined : keepMs),
      ...cardsOfSilence(silence).map((card) => dueBy(dueKey, dueCard(card), at)),
    ],
  };
}
