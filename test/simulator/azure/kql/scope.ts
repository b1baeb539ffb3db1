import { semanticError } from './error.ts';
import type { Column, Row, Type, Value } from './value.ts';

/** An expression that is understood: its type, and its value in a row. */
export interface Compiled {
  readonly type: Type;
  readonly of: (row: Row) => Value;
  /** The same in every row. */
  readonly isConstant: boolean;
}

/** What an expression can name. */
export interface Scope {
  /** The operator that the expression stands in: the errors name it. */
  readonly operator: string;
  readonly columns: readonly Column[];
  readonly lets: ReadonlyMap<string, Compiled>;
  readonly now: number;
}

/** No query can name it; `ingestion_time()` reads it. */
export const ingestionColumn = '$IngestionTime';

export function constant(type: Type, value: Value): Compiled {
  return { type, of: () => value, isConstant: true };
}

export function columnNamed({ columns }: Pick<Scope, 'columns'>, name: string): Compiled | undefined {
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  return column && { type: column.type, of: (row) => row[index] ?? null, isConstant: false };
}

export function resolve(scope: Scope, name: string): Compiled {
  const found = columnNamed(scope, name) ?? scope.lets.get(name);
  if (found) return found;
  throw semanticError(`'${scope.operator}' operator: Failed to resolve scalar expression named '${name}'`);
}
