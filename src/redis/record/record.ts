import type { z } from 'zod';
import { toStored } from './stored-words.ts';

/** Raised with every change of shape that an older version would misread. */
const schemaVersion = 1;
/** Of requests for several sessions: a version that knows one of them only would end that one, and call the request done. */
const tunnelSchema = '1, several sessions';

export type Schema = typeof schemaVersion | typeof tunnelSchema;
const schemas: readonly unknown[] = [schemaVersion, tunnelSchema];

export function schemaOf({ others }: { readonly others?: readonly unknown[] }): Schema {
  return others && others.length > 0 ? tunnelSchema : schemaVersion;
}

export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  /** Names fields, never their values. */
  | { readonly ok: false; readonly why: string };

export function encode(record: object, schema: Schema = schemaVersion): string {
  return JSON.stringify({ schema, ...record }, toStored);
}

export function decode<Shape extends z.ZodType>(shape: Shape, text: string): Decoded<z.output<Shape>> {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, why: 'not JSON' };
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (!schemas.includes(schema)) return { ok: false, why: `not of schema ${schemaVersion}` };
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
