/** A datetime is milliseconds since 1970, a timespan milliseconds; the type of the column tells them from numbers. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export type Type = 'bool' | 'datetime' | 'dynamic' | 'int' | 'long' | 'real' | 'string' | 'timespan';

export type Row = readonly Value[];

export interface Column {
  readonly name: string;
  readonly type: Type;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Strings are never null, but empty. */
export function nullOf(type: Type): Value {
  return type === 'string' ? '' : null;
}

export function isNumeric(type: Type): boolean {
  return type === 'int' || type === 'long' || type === 'real';
}

/** The type that values of all of these have together; undefined when they have none. */
export function unified(types: readonly Type[]): Type | undefined {
  const [first = 'dynamic', ...rest] = new Set(types);
  if (rest.length === 0) return first;
  if (![first, ...rest].every(isNumeric)) return undefined;
  return types.includes('real') ? 'real' : 'long';
}
