import { nameOf } from './aggregates.ts';
import { compile, compileCondition } from './expression.ts';
import type { Compiled, Scope } from './scope.ts';
import { ingestionColumn } from './scope.ts';
import { summarize } from './summarize.ts';
import type { Named, Operator, OrderKey } from './syntax.ts';
import type { Column, Row, Table, Type, Value } from './value.ts';

export function applyOperator(
  table: Table,
  operator: Operator,
  outer: Omit<Scope, 'columns' | 'operator'>,
): Table {
  const { rows } = table;
  const scope: Scope = { ...outer, operator: operator.is, columns: table.columns };
  switch (operator.is) {
    case 'where':
      return { ...table, rows: rows.filter(compileCondition(operator.condition, scope)) };
    case 'extend':
      return extend(table, operator.columns, scope);
    case 'project':
      return project(rows, operator.columns, scope);
    case 'distinct':
      return distinct(table, operator.columns, scope);
    case 'summarize':
      return summarize(rows, operator, scope);
    case 'order':
      return { ...table, rows: ordered(rows, operator.keys, scope) };
    case 'take':
      return { ...table, rows: rows.slice(0, operator.count) };
    case 'count':
      return { columns: [{ name: 'Count', type: 'long' }], rows: [[rows.length]] };
    case 'getschema':
      return schemaOf(table);
  }
}

interface Computed extends Column {
  readonly of: Compiled['of'];
}

function computed(columns: readonly Named[], scope: Scope): readonly Computed[] {
  return columns.map(({ name, value }, index) => {
    const { of, type } = compile(value, scope);
    return { name: name ?? (nameOf(value) || `Column${index + 1}`), type, of };
  });
}

/** One that is there already is replaced where it stands. */
function extend(table: Table, added: readonly Named[], scope: Scope): Table {
  const columns = [...table.columns];
  const news = computed(added, scope).map(({ name, of, type }) => {
    const known = columns.findIndex((column) => column.name === name);
    const index = known < 0 ? columns.length : known;
    columns[index] = { name, type };
    return { index, of };
  });
  const rows = table.rows.map((row) => {
    const cells = [...row];
    for (const { index, of } of news) cells[index] = of(row);
    return cells;
  });
  return { columns, rows };
}

function project(rows: readonly Row[], columns: readonly Named[], scope: Scope): Table {
  return projected(rows, computed(columns, scope));
}

function projected(rows: readonly Row[], columns: readonly Computed[]): Table {
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: rows.map((row) => columns.map(({ of }) => of(row))),
  };
}

function distinct(table: Table, columns: readonly Named[], scope: Scope): Table {
  const isAll = columns.some(({ value }) => value.is === 'everything');
  const visible = table.columns.filter(({ name }) => name !== ingestionColumn);
  const wanted = isAll ? visible.map(({ name }): Named => ({ value: { is: 'name', name } })) : columns;
  return summarize(table.rows, { aggregates: [], by: wanted }, scope);
}

function ordered(rows: readonly Row[], keys: readonly OrderKey[], scope: Scope): readonly Row[] {
  const compare = keys.map(({ areNullsFirst, isAscending, value }) => {
    const { of } = compile(value, scope);
    return (a: Row, b: Row) => {
      const [left, right] = [of(a), of(b)];
      if (left === null || right === null) return nullsApart(left, right, areNullsFirst);
      return (left < right ? -1 : left > right ? 1 : 0) * (isAscending ? 1 : -1);
    };
  });
  return [...rows].sort((a, b) => {
    for (const each of compare) {
      const difference = each(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function nullsApart(left: Value, right: Value, areNullsFirst: boolean): number {
  if (left === right) return 0;
  return (left === null) === areNullsFirst ? -1 : 1;
}

const systemTypes: Readonly<Record<Type, string>> = {
  bool: 'System.SByte',
  datetime: 'System.DateTime',
  dynamic: 'System.Object',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  string: 'System.String',
  timespan: 'System.TimeSpan',
};

function schemaOf({ columns }: Table): Table {
  return {
    columns: [
      { name: 'ColumnName', type: 'string' },
      { name: 'ColumnOrdinal', type: 'int' },
      { name: 'DataType', type: 'string' },
      { name: 'ColumnType', type: 'string' },
    ],
    rows: columns
      .filter(({ name }) => name !== ingestionColumn)
      .map(({ name, type }, index) => [name, index, systemTypes[type], type]),
  };
}
