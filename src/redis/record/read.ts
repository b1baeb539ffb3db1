import type { Redis } from 'ioredis';
import type { z } from 'zod';
import type { Log } from '../../ports/log.ts';
import { reach } from './reach.ts';
import { decode, readableOnly } from './record.ts';

/** Throws UnreadableRecord for what is there and cannot be read. */
export async function readRecord<Shape extends z.ZodType>(
  redis: Redis,
  key: string,
  shape: Shape,
): Promise<z.output<Shape> | undefined> {
  const text = await reach(redis.get(key));
  return text === null ? undefined : decode(key, shape, text);
}

/** Those that are there and can be read; the others are logged. */
export async function readRecords<Shape extends z.ZodType>(
  redis: Redis,
  keys: readonly string[],
  shape: Shape,
  log: Log,
): Promise<readonly z.output<Shape>[]> {
  if (keys.length === 0) return [];
  const texts = await reach(redis.mget([...keys]));
  const found = keys.map((key, index) => ({ key, text: texts[index] }));
  return readableOnly(found, ({ key, text }) => (text ? decode(key, shape, text) : undefined), log);
}
