import type { Aggregate, Gathering } from './aggregates.ts';
import { compileAggregate, nameOf } from './aggregates.ts';
import { semanticError } from './error.ts';
import { compile } from './expression.ts';
import type { Scope } from './scope.ts';
import type { Named } from './syntax.ts';
import type { Column, Row, Table, Value } from './value.ts';

interface Group {
  readonly key: readonly Value[];
  readonly gatherings: readonly Gathering[];
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
  const groupOf = (key: readonly Value[]) => {
    const id = JSON.stringify(key);
    const known = groups.get(id);
    if (known) return known;
    const group = { key, gatherings: compiled.map((aggregate) => aggregate.begin()) };
    groups.set(id, group);
    return group;
  };
  if (by.length === 0) groupOf([]);
  for (const row of rows) {
    for (const gathering of groupOf(keys.map(({ of }) => of(row))).gatherings) gathering.add(row);
  }
  return {
    columns: withoutTwins([
      ...keys.map(({ name, type }) => ({ name, type })),
      ...compiled.flatMap(({ columns }) => columns),
    ]),
    rows: [...groups.values()].map(({ gatherings, key }) => [
      ...key,
      ...gatherings.flatMap((gathering) => gathering.result()),
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
