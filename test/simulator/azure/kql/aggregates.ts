import { semanticError } from './error.ts';
import { compile, compileCondition } from './expression.ts';
import type { Compiled, Scope } from './scope.ts';
import { textOf } from './text.ts';
import type { Call, Expression } from './syntax.ts';
import type { Column, Row, Value } from './value.ts';
import { nullOf } from './value.ts';

export interface Aggregate {
  readonly columns: readonly Column[];
  /** A value for each column, of the rows of one group. */
  readonly of: (rows: readonly Row[]) => readonly Value[];
}

type AggregateFunction = (args: readonly Expression[], scope: Scope) => Aggregate;

export function compileAggregate(call: Call, scope: Scope): Aggregate {
  const found = Object.hasOwn(aggregates, call.name) ? aggregates[call.name] : undefined;
  if (!found) throw semanticError(`Unknown function: '${call.name}'.`, 'SEM0260');
  return found(call.args, scope);
}

const aggregates: Readonly<Record<string, AggregateFunction>> = {
  count: () => counting(() => true, 'count_'),
  countif: ([condition], scope) => counting(compileCondition(given(condition), scope), 'countif_'),
  min: ([value], scope) => extreme('min', given(value), scope),
  max: ([value], scope) => extreme('max', given(value), scope),
  make_set: ([value, most], scope) => set(given(value), most, scope),
  makeset: ([value, most], scope) => set(given(value), most, scope),
  any: ([value], scope) => first('any_', given(value), scope),
  take_any: ([value], scope) => first('', given(value), scope),
  arg_max: ([by, ...rest], scope) => argument(given(by), rest, scope, isGreater),
  arg_min: ([by, ...rest], scope) => argument(given(by), rest, scope, isLess),
};

function given(expression: Expression | undefined): Expression {
  if (!expression) throw semanticError('An aggregation function lacks its argument', 'SEM0219');
  return expression;
}

function counting(isCounted: (row: Row) => boolean, name: string): Aggregate {
  return { columns: [{ name, type: 'long' }], of: (rows) => [rows.filter(isCounted).length] };
}

function extreme(name: 'max' | 'min', argument: Expression, scope: Scope): Aggregate {
  const { of, type } = compile(argument, scope);
  const isBetter = name === 'min' ? isLess : isGreater;
  return {
    columns: [{ name: `${name}_${nameOf(argument)}`, type }],
    of(rows) {
      let best: Value = null;
      for (const row of rows) {
        const value = of(row);
        if (value !== null && (best === null || isBetter(value, best))) best = value;
      }
      return [best ?? nullOf(type)];
    },
  };
}

function isLess(a: NonNullable<Value>, b: NonNullable<Value>): boolean {
  return a < b;
}

function isGreater(a: NonNullable<Value>, b: NonNullable<Value>): boolean {
  return a > b;
}

/** In the order in which the values came. */
function set(argument: Expression, most: Expression | undefined, scope: Scope): Aggregate {
  const value = compile(argument, scope);
  const limit = most ? Number(compile(most, scope).of([])) : 1_048_576;
  return {
    columns: [{ name: `set_${nameOf(argument)}`, type: 'dynamic' }],
    of(rows) {
      const values = new Set(rows.map((row) => inDynamic(value, row)).filter((each) => each !== null));
      return [[...values].slice(0, limit)];
    },
  };
}

/** JSON has no times. */
function inDynamic({ of, type }: Compiled, row: Row): Value {
  const value = of(row);
  const isTime = value !== null && (type === 'datetime' || type === 'timespan');
  return isTime ? textOf(value, type) : value;
}

function first(prefix: string, argument: Expression, scope: Scope): Aggregate {
  const { of, type } = compile(argument, scope);
  return {
    columns: [{ name: `${prefix}${nameOf(argument)}`, type }],
    of: (rows) => [rows.map(of).find((value) => value !== null) ?? nullOf(type)],
  };
}

/** The row in which `by` is greatest, or least; `*` is every column of it. */
function argument(
  by: Expression,
  rest: readonly Expression[],
  scope: Scope,
  isBetter: typeof isLess,
): Aggregate {
  const key = compile(by, scope);
  const isEverything = rest.some(({ is }) => is === 'everything');
  const wanted: readonly Expression[] = isEverything
    ? scope.columns.map(({ name }): Expression => ({ is: 'name', name })).filter((each) => !isSame(each, by))
    : rest;
  const values = [by, ...wanted].map((each) => ({ name: nameOf(each), ...compile(each, scope) }));
  return {
    columns: values.map(({ name, type }) => ({ name, type })),
    of(rows) {
      let [best] = rows;
      for (const row of rows) {
        const [value, bestValue] = [key.of(row), best ? key.of(best) : null];
        if (value !== null && (bestValue === null || isBetter(value, bestValue))) best = row;
      }
      return values.map(({ of, type }) => (best ? of(best) : nullOf(type)));
    },
  };
}

function isSame(left: Expression, right: Expression): boolean {
  return left.is === 'name' && right.is === 'name' && left.name === right.name;
}

/** What a column is called that nobody named. */
export function nameOf(expression: Expression): string {
  if (expression.is === 'name') return expression.name;
  const [first] = expression.is === 'call' ? expression.args : [];
  return first ? nameOf(first) : '';
}
