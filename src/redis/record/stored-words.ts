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
/** For `JSON.stringify`. Only a state has words of ours: the `why` of anything else, as in the audit, is what people typed. */
export function toStored(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { is, why } = value;
  const state = typeof is === 'string' ? { ...value, ...stored({ is }), ...stored({ why }) } : value;
  return renamed(state, storedNames);
}

function stored(field: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(field).flatMap(([name, word]) => {
      const old = typeof word === 'string' ? storedWords.get(word) : undefined;
      return old === undefined ? [] : [[name, old]];
    }),
  );
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
