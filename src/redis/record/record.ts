import type { z } from 'zod';
import type { Log } from '../../ports/log.ts';

/** Raised with every change of shape that an older version of the bot would misread. */
const schemaVersion = 1;

/** What is stored under the key is not what this version of the bot writes. Says which fields, never their values. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  readonly key: string;

  constructor(key: string, why: string) {
    super(`The record ${key} cannot be read: ${why}.`);
    this.key = key;
  }
}

export function encode(record: object): string {
  return JSON.stringify({ schema: schemaVersion, ...record });
}

export function decode<Shape extends z.ZodType>(key: string, shape: Shape, text: string): z.output<Shape> {
  const value = parseJson(key, text);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== schemaVersion) throw new UnreadableRecord(key, `not of schema ${schemaVersion}`);
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnreadableRecord(key, parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
}

/** For lists: one record that cannot be read does not hide the others. */
export function readableOnly<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
  log: Log,
): readonly Value[] {
  return items.flatMap((item) => {
    try {
      return read(item) ?? [];
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      log.error({ key: error.key, why: error.message }, 'left out an unreadable record');
      return [];
    }
  });
}

function parseJson(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRecord(key, 'not JSON');
  }
}
