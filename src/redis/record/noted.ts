import { createHash } from 'node:crypto';
import type { ChainableCommander, Redis } from 'ioredis';
import type { Log } from '../../ports/log.ts';
import type { Unreadable } from '../../ports/unreadable-record.ts';
import { reachEach, wrongType } from './reach.ts';

export type Place =
  | { readonly key: string }
  | { readonly key: string; readonly field: string }
  | { readonly key: string; readonly member: string; readonly name: string };

export interface Misfit {
  readonly place: Place;
  readonly why: string;
  readonly reads: (text: string) => boolean;
}

/** Logs each unreadable record when it comes and when it goes, not at every look. */
export function notedRecords({
  redis,
  log,
  clock,
}: {
  readonly redis: Redis;
  readonly log: Log;
  readonly clock: () => number;
}) {
  const noted = new Map<string, { readonly misfit: Misfit; readonly unreadable: Unreadable }>();

  function note(misfit: Misfit): Unreadable {
    const key = nameOf(misfit.place);
    const known = noted.get(key);
    if (known) return known.unreadable;
    const unreadable = { key, reference: referenceOf(key), why: misfit.why, since: clock() };
    noted.set(key, { misfit, unreadable });
    const { reference, why } = unreadable;
    log.warn({ key, reference, why }, 'left a record alone that cannot be read');
    return unreadable;
  }

  function strike(key: string, event: string): void {
    const known = noted.get(key);
    if (!known) return;
    noted.delete(key);
    log.info({ key, reference: known.unreadable.reference }, event);
  }

  return {
    note,
    clear: (place: Place) => {
      if (noted.size > 0) strike(nameOf(place), 'could read a record again');
    },
    /** Only those still unreadable; some may be gone or written anew without a reading. */
    unreadable: async (): Promise<readonly Unreadable[]> => {
      if (noted.size === 0) return [];
      const all = [...noted];
      const step = redis.pipeline();
      for (const [, { misfit }] of all) look(step, misfit.place);
      const found = await reachEach(step);
      all.forEach(([key, { misfit }], index) => {
        const text = found[index];
        if (text === wrongType) return;
        if (typeof text !== 'string') strike(key, 'saw an unreadable record go');
        else if (misfit.reads(text)) strike(key, 'could read a record again');
      });
      return [...noted.values()].map(({ unreadable }) => unreadable);
    },
  };
}

function look(step: ChainableCommander, place: Place): void {
  if ('member' in place) step.zscore(place.key, place.member);
  else if ('field' in place) step.hget(place.key, place.field);
  else step.get(place.key);
}

function nameOf(place: Place): string {
  if ('member' in place) return place.name;
  return 'field' in place ? `${place.key} ${place.field}` : place.key;
}

function referenceOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
