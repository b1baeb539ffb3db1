import type { Aggregate } from './aggregates.ts';
import { compileAggregate, nameOf } from './aggregates.ts';
import { semanticError } from './error.ts';
import { compile } from './expression.ts';
import type { Scope } from './scope.ts';
import type { Named } from './syntax.ts';
import type { Column, Row, Table } from './value.ts';

interface Group {
  readonly key: Row;
  readonly rows: Row[];
}

/** One row for each group; without `by` the rows are one group, even when there is none. */
export function summarize(
  rows: readonly Row[],
  { aggregates, by }: { readonly aggregates: readonly Named[]; readonly by: readonly Named[] },
  scope: Scope,
): Table {
  const keys = by.map(({ name, value }, index) => ({
    name: name ?? (nameOf(value) || `Column${index + 1}`),
    ...compile(value, scope),
  }));
  const compiled = aggregates.map((named) => aggregateOf(named, scope));
  const groups = new Map<string, Group>();
  const groupOf = (key: Row) => {
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? { key, rows: [] };
    groups.set(id, group);
    return group;
  };
  if (by.length === 0) groupOf([]);
  for (const row of rows) groupOf(keys.map(({ of }) => of(row))).rows.push(row);
  return {
    columns: withoutTwins([
      ...keys.map(({ name, type }) => ({ name, type })),
      ...compiled.flatMap(({ columns }) => columns),
    ]),
    rows: [...groups.values()].map((group) => [
      ...group.key,
      ...compiled.flatMap(({ of }) => of(group.rows)),
    ]),
  };
}

function aggregateOf({ name, value }: Named, scope: Scope): Aggregate {
  if (value.is !== 'call') throw semanticError(`'summarize' operator: expected an aggregation function`);
  const aggregate = compileAggregate(value, scope);
  const [first, ...rest] = aggregate.columns;
  if (name === undefined || !first) return aggregate;
  return { ...aggregate, columns: [{ ...first, name }, ...rest] };
}

/** Of two columns of one name the second gets a number. */
function withoutTwins(columns: readonly Column[]): readonly Column[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let number = 1; taken.has(name); number += 1) name = `${column.name}${number}`;
    taken.add(name);
    return { ...column, name };
  });
}
