import type { Redis } from 'ioredis';
import type { z } from 'zod';
import type { Log } from '../../ports/log.ts';
import type { Records } from '../../ports/records.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import type { Misfit, Place } from './noted.ts';
import { notedRecords } from './noted.ts';
import { reach, reachTyped, wrongType } from './reach.ts';
import { decode } from './record.ts';

export interface RedisRecords extends Records {
  /** Throws UnreadableRecord. */
  readonly decode: <Shape extends z.ZodType>(place: Place, shape: Shape, text: string) => z.output<Shape>;
  readonly read: <Shape extends z.ZodType>(key: string, shape: Shape) => Promise<z.output<Shape> | undefined>;
  /** As they are at one moment, without the missing ones. Throws UnreadableRecord. */
  readonly readEach: <Shape extends z.ZodType>(
    keys: readonly string[],
    shape: Shape,
  ) => Promise<readonly z.output<Shape>[]>;
  readonly readReadable: RedisRecords['readEach'];
  readonly misplaced: (place: Place) => UnreadableRecord;
  /** For what is no record and yet not understood. */
  readonly note: (misfit: Misfit) => void;
}

export function redisRecords(options: {
  readonly redis: Redis;
  readonly log: Log;
  readonly clock: () => number;
}): RedisRecords {
  const { redis } = options;
  const { note, clear, unreadable } = notedRecords(options);

  const decodeAt: RedisRecords['decode'] = (place, shape, text) => {
    const decoded = decode(shape, text);
    if (!decoded.ok) {
      const reads = (later: string) => !('member' in place) && decode(shape, later).ok;
      throw new UnreadableRecord(note({ place, why: decoded.why, reads }));
    }
    // A member is its own text, so it never becomes readable.
    if (!('member' in place)) clear(place);
    return decoded.value;
  };

  const misplaced: RedisRecords['misplaced'] = (place) =>
    new UnreadableRecord(note({ place, why: 'its key holds another type of value', reads: () => false }));

  async function textsOf(keys: readonly string[]) {
    const texts = keys.length === 0 ? [] : await reach(redis.mget([...keys]));
    return keys.flatMap((key, index) => {
      const text = texts[index];
      return typeof text === 'string' ? [{ key, text }] : [];
    });
  }

  return {
    decode: decodeAt,
    note,
    unreadable,
    misplaced,
    read: async (key, shape) => {
      const text = await reachTyped(redis.get(key));
      if (text === wrongType) throw misplaced({ key });
      return text === null ? undefined : decodeAt({ key }, shape, text);
    },
    readEach: async (keys, shape) =>
      (await textsOf(keys)).map(({ key, text }) => decodeAt({ key }, shape, text)),
    readReadable: async (keys, shape) =>
      readableOnly(await textsOf(keys), ({ key, text }) => decodeAt({ key }, shape, text)),
  };
}

export function readableOnly<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value,
): readonly Value[] {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      asUnreadable(error);
      return [];
    }
  });
}
