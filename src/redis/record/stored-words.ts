import { z } from 'zod';

/** Read in both spellings and written in the old one, so that a replica of version 0.1 can run beside this one. Names of keys (`keys.ts`) and cards (`writtenKey`) stay as they were too. */
export const storedNames: ReadonlyMap<string, string> = new Map([
  ['silenceId', 'blindnessId'],
  ['doubtfulSince', 'emptiedAt'],
]);
export const storedWords: ReadonlyMap<string, string> = new Map([
  ['no-data', 'blind'],
  ['data-again', 'seeing'],
  ['no-longer-polled', 'no-longer-watched'],
]);

const names = swapped(storedNames);
const words = swapped(storedWords);
/** The fields that hold a word of ours; what people type is in others. */
const wordFields: ReadonlySet<string> = new Set(['is', 'why']);

/** For `JSON.stringify`: writes the words of records. */
export function toStored(key: string, value: unknown): unknown {
  if (typeof value === 'string') return wordFields.has(key) ? (storedWords.get(value) ?? value) : value;
  return isRecord(value) ? renamed(value, storedNames) : value;
}

/** Accepts the old and the new words. */
export function reading<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess(fromStored, shape);
}

function fromStored(value: unknown): unknown {
  if (typeof value === 'string') return words.get(value) ?? value;
  if (!isRecord(value)) return value;
  const { is } = value;
  return renamed({ ...value, ...(typeof is === 'string' && { is: words.get(is) ?? is }) }, names);
}

function renamed(
  record: Readonly<Record<string, unknown>>,
  to: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  if (!Object.keys(record).some((name) => to.has(name))) return record;
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [to.get(name) ?? name, value]));
}

function swapped(table: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...table].map(([ours, stored]) => [stored, ours]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
