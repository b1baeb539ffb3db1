import { semanticError } from './error.ts';
import type { Compiled } from './scope.ts';
import { textComparisons } from './text-comparison.ts';
import { textOf } from './text.ts';
import type { Row, Type, Value } from './value.ts';
import { isNumeric } from './value.ts';

/** Undefined when it is none of these operators. https://learn.microsoft.com/kusto/query/scalar-data-types/null-values */
export function comparison(operator: string, left: Compiled, right: Compiled): Compiled | undefined {
  const holds = ordered[operator];
  if (operator === '==' || operator === '!=') {
    mayCompare(left.type, right.type);
    return truth(left, right, (a, b) => equality(a, b, operator === '!='));
  }
  if (holds) {
    mayOrder(left.type, right.type);
    return truth(left, right, (a, b) => (a === null || b === null ? null : holds(Number(a), Number(b))));
  }
  return textComparison(operator, left, right);
}

const ordered: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Null is neither like nor unlike null, but unlike everything else. */
function equality(a: Value, b: Value, isNegated: boolean): Value {
  if (a === null && b === null) return null;
  return (a === b) !== isNegated;
}

function textComparison(operator: string, left: Compiled, right: Compiled): Compiled | undefined {
  const isNegated = operator.startsWith('!');
  const compare = textComparisons[operator === '!~' ? '=~' : operator.replace('!', '')];
  if (!compare) return undefined;
  for (const { type } of [left, right]) mayBeText(operator, type);
  const known = right.isConstant ? compare(textOf(right.of([]), right.type)) : undefined;
  const of = (row: Row) => {
    const holds = known ?? compare(textOf(right.of(row), right.type));
    return holds(textOf(left.of(row), left.type)) !== isNegated;
  };
  return { type: 'bool', of, isConstant: left.isConstant && right.isConstant };
}

/** `in`, `!in`, `in~` and `!in~`; a dynamic array may stand for the list. */
export function among(operator: string, left: Compiled, list: readonly Compiled[]): Compiled {
  const isNegated = operator.startsWith('!');
  const fold = (value: Value) => {
    return operator.endsWith('~') && typeof value === 'string' ? value.toLowerCase() : value;
  };
  for (const { type } of list) mayCompare(left.type, type);
  const valuesIn = (row: Row) =>
    new Set(
      list
        .flatMap((item): readonly Value[] => {
          const value = item.of(row);
          return isArray(value) ? value : [value];
        })
        .map(fold),
    );
  const known = list.every(({ isConstant }) => isConstant) ? valuesIn([]) : undefined;
  const of = (row: Row) => {
    const value = left.of(row);
    return (value !== null && (known ?? valuesIn(row)).has(fold(value))) !== isNegated;
  };
  return { type: 'bool', of, isConstant: false };
}

function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function truth(left: Compiled, right: Compiled, of: (a: Value, b: Value) => Value): Compiled {
  return {
    type: 'bool',
    of: (row) => of(left.of(row), right.of(row)),
    isConstant: left.isConstant && right.isConstant,
  };
}

function mayCompare(left: Type, right: Type): void {
  const isAlike = left === right || (isNumeric(left) && isNumeric(right));
  if (isAlike || left === 'dynamic' || right === 'dynamic') return;
  throw semanticError(
    `Cannot compare values of types ${left} and ${right}. Try adding explicit casts`,
    'SEM0064',
  );
}

function mayOrder(left: Type, right: Type): void {
  mayCompare(left, right);
  const unordered = [left, right].find((type) => ['bool', 'dynamic', 'string'].includes(type));
  if (unordered !== undefined) {
    throw semanticError(`Relational operator is not defined for values of type ${unordered}`, 'SEM0064');
  }
}

function mayBeText(operator: string, type: Type): void {
  if (type === 'string' || type === 'dynamic') return;
  throw semanticError(`Operator '${operator}' is not defined for values of type ${type}`, 'SEM0025');
}
