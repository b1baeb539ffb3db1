import { arithmetic } from './arithmetic.ts';
import { among, comparison } from './comparison.ts';
import { semanticError } from './error.ts';
import { callFunction } from './functions.ts';
import type { Compiled, Scope } from './scope.ts';
import { constant, resolve } from './scope.ts';
import type { Expression } from './syntax.ts';
import type { Row, Value } from './value.ts';

export function compile(expression: Expression, scope: Scope): Compiled {
  switch (expression.is) {
    case 'literal':
      return constant(expression.type, expression.value);
    case 'name':
      return resolve(scope, expression.name);
    case 'everything':
      throw semanticError(`'${scope.operator}' operator: '*' stands for no value`);
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((arg) => compile(arg, scope)),
        scope,
      );
    case 'among':
      return among(
        expression.operator,
        compile(expression.left, scope),
        expression.list.map((item) => compile(item, scope)),
      );
    case 'binary': {
      const { operator } = expression;
      const [left, right] = [compile(expression.left, scope), compile(expression.right, scope)];
      const compiled =
        logical(operator, left, right) ??
        comparison(operator, left, right) ??
        arithmetic(operator, left, right);
      if (compiled) return compiled;
      throw semanticError(`Operator '${operator}' is not defined`);
    }
  }
}

/** A condition has to be a boolean. */
export function compileCondition(expression: Expression, scope: Scope): (row: Row) => boolean {
  const { of, type } = compile(expression, scope);
  if (type !== 'bool') throw semanticError(`'${scope.operator}' operator: expected a boolean expression`);
  return (row) => of(row) === true;
}

/** What decides alone decides, and null decides nothing. */
function logical(operator: string, left: Compiled, right: Compiled): Compiled | undefined {
  if (operator !== 'and' && operator !== 'or') return undefined;
  if (left.type !== 'bool' || right.type !== 'bool') {
    throw semanticError(`Operator '${operator}' expects boolean expressions`, 'SEM0064');
  }
  const decides = operator === 'or';
  const of = (row: Row): Value => {
    const first = left.of(row);
    if (first === decides) return decides;
    const second = right.of(row);
    if (second === decides) return decides;
    return first === null || second === null ? null : !decides;
  };
  return { type: 'bool', of, isConstant: left.isConstant && right.isConstant };
}
