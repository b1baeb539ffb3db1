import { semanticError } from './error.ts';
import { compile, compileCondition } from './expression.ts';
import type { Compiled, Scope } from './scope.ts';
import { textOf } from './text.ts';
import type { Call, Expression } from './syntax.ts';
import type { Column, Row, Value } from './value.ts';
import { nullOf } from './value.ts';

/** Gathers the rows of one group. */
export interface Gathering {
  add(row: Row): void;
  /** A value for each column. */
  result(): readonly Value[];
}

export interface Aggregate {
  readonly columns: readonly Column[];
  begin(): Gathering;
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
  arg_max: ([by, ...rest], scope) => argument(given(by), rest, scope, (a, b) => a > b),
  arg_min: ([by, ...rest], scope) => argument(given(by), rest, scope, (a, b) => a < b),
};

function given(expression: Expression | undefined): Expression {
  if (!expression) throw semanticError('An aggregation function lacks its argument', 'SEM0219');
  return expression;
}

function counting(isCounted: (row: Row) => boolean, name: string): Aggregate {
  return {
    columns: [{ name, type: 'long' }],
    begin() {
      let count = 0;
      return { add: (row) => void (count += isCounted(row) ? 1 : 0), result: () => [count] };
    },
  };
}

function extreme(name: 'max' | 'min', argument: Expression, scope: Scope): Aggregate {
  const { of, type } = compile(argument, scope);
  return {
    columns: [{ name: `${name}_${nameOf(argument)}`, type }],
    begin() {
      let best: Value = null;
      return {
        add(row) {
          const value = of(row);
          if (value === null) return;
          if (best === null || (name === 'min' ? value < best : value > best)) best = value;
        },
        result: () => [best ?? nullOf(type)],
      };
    },
  };
}

/** In the order in which the values came. */
function set(argument: Expression, most: Expression | undefined, scope: Scope): Aggregate {
  const value = compile(argument, scope);
  const limit = most ? Number(compile(most, scope).of([])) : 1_048_576;
  return {
    columns: [{ name: `set_${nameOf(argument)}`, type: 'dynamic' }],
    begin() {
      const values = new Set<Value>();
      return {
        add(row) {
          const each = inDynamic(value, row);
          if (each !== null && values.size < limit) values.add(each);
        },
        result: () => [[...values]],
      };
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
    begin() {
      let found: Value | undefined;
      return {
        add: (row) => void (found ??= of(row) ?? undefined),
        result: () => [found ?? nullOf(type)],
      };
    },
  };
}

/** The row in which `by` is greatest, or least; `*` is every column of it. */
function argument(
  by: Expression,
  rest: readonly Expression[],
  scope: Scope,
  isBetter: (a: Value & {}, b: Value & {}) => boolean,
): Aggregate {
  const key = compile(by, scope);
  const isEverything = rest.some(({ is }) => is === 'everything');
  const wanted: readonly Expression[] = isEverything
    ? scope.columns.map(({ name }): Expression => ({ is: 'name', name })).filter((each) => !isSame(each, by))
    : rest;
  const values = [by, ...wanted].map((each) => ({ name: nameOf(each), ...compile(each, scope) }));
  return {
    columns: values.map(({ name, type }) => ({ name, type })),
    begin() {
      let best: Row | undefined;
      let bestKey: Value = null;
      return {
        add(row) {
          const value = key.of(row);
          const beats = value !== null && (bestKey === null || isBetter(value, bestKey));
          if (best !== undefined && !beats) return;
          best = row;
          bestKey = value;
        },
        result: () => values.map(({ of, type }) => (best ? of(best) : nullOf(type))),
      };
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
