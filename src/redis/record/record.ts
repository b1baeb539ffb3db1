import type { z } from 'zod';

/** Raised with every change of shape that an older version of the bot would misread. */
const schemaVersion = 1;

export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  /** Says which fields, never their values. */
  | { readonly ok: false; readonly why: string };

export function encode(record: object): string {
  return JSON.stringify({ schema: schemaVersion, ...record });
}

export function decode<Shape extends z.ZodType>(shape: Shape, text: string): Decoded<z.output<Shape>> {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, why: 'not JSON' };
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== schemaVersion) return { ok: false, why: `not of schema ${schemaVersion}` };
  const parsed = shape.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, why: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
