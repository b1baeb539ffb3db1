import { semanticError } from './error.ts';
import { compile } from './expression.ts';
import { applyOperator } from './operators.ts';
import { parseQuery } from './query-parser.ts';
import type { Compiled } from './scope.ts';
import { ingestionColumn } from './scope.ts';
import type { Table } from './value.ts';

/** Runs a query of the Kusto language, as much of it as reading a log takes. Throws `KqlError` for all else. */
export function runQuery(query: string, tables: Readonly<Record<string, Table>>, now: number): Table {
  const { lets: named, operators, table: name } = parseQuery(query);
  const lets = new Map<string, Compiled>();
  for (const { name, value } of named) {
    lets.set(name, compile(value, { operator: 'let', columns: [], lets, now }));
  }
  let table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (!table) {
    const [first] = operators;
    const where = first ? `'${first.is}' operator: ` : '';
    throw semanticError(`${where}Failed to resolve table or column expression named '${name}'`);
  }
  for (const operator of operators) table = applyOperator(table, operator, { lets, now });
  return visible(table);
}

function visible({ columns, rows }: Table): Table {
  const hidden = columns.findIndex(({ name }) => name === ingestionColumn);
  if (hidden < 0) return { columns, rows };
  return { columns: columns.toSpliced(hidden, 1), rows: rows.map((row) => row.toSpliced(hidden, 1)) };
}
