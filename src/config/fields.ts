import { z } from 'zod';

/** As docs/settings.md shows it, from `describe` and `prefault` of the schema. */
export interface Field {
  /** `PORT`, `disconnect.approval`, `rules[].warnAfter`. */
  readonly name: string;
  readonly meaning: string;
  /** In backticks; or `required`, or `unset` where leaving it out means something of its own. */
  readonly default: string;
}

export function fieldsOf(schema: z.ZodType, parent = ''): readonly Field[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) => {
    if (!(field instanceof z.ZodType)) return [];
    const inner = unwrapped(field);
    const name = parent === '' ? key : `${parent}.${key}`;
    if (inner instanceof z.ZodObject) return fieldsOf(inner, name);
    if (inner instanceof z.ZodArray && inner.element instanceof z.ZodObject) {
      return fieldsOf(inner.element, `${name}[]`);
    }
    return [{ name, meaning: field.description ?? '', default: defaultOf(field) }];
  });
}

export function unwrapped(field: z.ZodType): unknown {
  return field instanceof z.ZodPrefault || field instanceof z.ZodExactOptional ? field.unwrap() : field;
}

function defaultOf(field: z.ZodType): string {
  if (field instanceof z.ZodExactOptional) return 'unset';
  if (!(field instanceof z.ZodPrefault)) return 'required';
  const value = field.def.defaultValue;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
