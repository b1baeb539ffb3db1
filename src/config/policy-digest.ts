import { createHash } from 'node:crypto';
import { z } from 'zod';
import { unwrapped } from './fields.ts';
import type { PolicyFile } from './policy-schema.ts';
import { policySchema } from './policy-schema.ts';

/** The same for all files that mean the same, in any version that has their fields; short enough to be read out. */
export function policyDigest(file: PolicyFile): string {
  return digestBy(policySchema, file);
}

export function digestBy(schema: z.ZodType, file: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(said(schema, file)))
    .digest('hex')
    .slice(0, 12);
}

/** Leaves out defaults, since another version may have more fields. Order counts in lists only. */
function said(schema: unknown, value: unknown): unknown {
  const type = schema instanceof z.ZodType ? unwrapped(schema) : undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => said(type instanceof z.ZodArray ? type.element : undefined, item));
    return items.length === 1 ? items[0] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const shape: Readonly<Record<string, unknown>> = type instanceof z.ZodObject ? type.shape : {};
  const fields = Object.entries(value)
    .map(([name, field]: [string, unknown]) => [name, said(shape[name], field)] as const)
    .filter(([name, field]) => JSON.stringify(field) !== JSON.stringify(saidByDefault(shape[name])))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields);
}

function saidByDefault(schema: unknown): unknown {
  return schema instanceof z.ZodPrefault ? said(schema, schema.parse(undefined)) : undefined;
}
