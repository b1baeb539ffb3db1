import { semanticError } from './error.ts';
import type { Compiled } from './scope.ts';
import type { Type } from './value.ts';
import { unified } from './value.ts';

/** Numbers, and what times and timespans give with each other. */
export function arithmetic(operator: string, left: Compiled, right: Compiled): Compiled | undefined {
  const calculate = calculations[operator];
  if (!calculate) return undefined;
  const type = resultType(operator, left.type, right.type);
  if (!type) {
    const types = `${left.type} and ${right.type}`;
    throw semanticError(`Operator '${operator}' is not defined for values of types ${types}`, 'SEM0064');
  }
  const isWhole = operator === '/' && type === 'long';
  return {
    type,
    isConstant: left.isConstant && right.isConstant,
    of(row) {
      const [a, b] = [left.of(row), right.of(row)];
      if (typeof a !== 'number' || typeof b !== 'number') return null;
      const result = calculate(a, b);
      return Number.isFinite(result) ? (isWhole ? Math.trunc(result) : result) : null;
    },
  };
}

const calculations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function resultType(operator: string, left: Type, right: Type): Type | undefined {
  const pair = `${left} ${operator} ${right}`;
  if (pair === 'datetime - datetime' || pair === 'timespan + timespan') return 'timespan';
  if (pair === 'timespan - timespan') return 'timespan';
  if (pair === 'timespan / timespan') return 'real';
  if (pair === 'datetime + timespan' || pair === 'datetime - timespan') return 'datetime';
  if (pair === 'timespan + datetime') return 'datetime';
  const type = unified([left, right]);
  return type === 'int' || type === 'long' ? 'long' : type === 'real' ? type : undefined;
}
