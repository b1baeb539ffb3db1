import type { Cursor } from './cursor.ts';
import { parseDynamic, parseLiteral } from './literal-parser.ts';
import type { Expression } from './syntax.ts';

const comparisons = new Set(['==', '!=', '=~', '!~', '<', '<=', '>', '>=']);
const words =
  /^!?(has|has_cs|contains|contains_cs|startswith|endswith|startswith_cs|endswith_cs|hasprefix|hassuffix)$/;

export function parseExpression(cursor: Cursor): Expression {
  return leftToRight(cursor, ['or'], () => leftToRight(cursor, ['and'], () => parseComparison(cursor)));
}

/** Operators of one rank: `a + b - c` is `(a + b) - c`. */
function leftToRight(cursor: Cursor, operators: readonly string[], part: () => Expression): Expression {
  let left = part();
  for (;;) {
    const operator = operators.find((each) => cursor.passes(each));
    if (operator === undefined) return left;
    left = { is: 'binary', operator, left, right: part() };
  }
}

function parseComparison(cursor: Cursor): Expression {
  const left = parseSum(cursor);
  const { kind, text } = cursor.peek();
  if (kind === 'string') return left;
  if (/^!?in~?$/.test(text)) {
    cursor.passes(text);
    cursor.expect('(');
    const list = cursor.list(() => parseExpression(cursor));
    cursor.expect(')');
    return { is: 'among', operator: text, left, list };
  }
  if (text === 'between') return parseBetween(cursor, left);
  if (!comparisons.has(text) && !words.test(text)) return left;
  cursor.passes(text);
  return { is: 'binary', operator: text, left, right: parseSum(cursor) };
}

/** `x between (a .. b)` is `x >= a and x <= b`. */
function parseBetween(cursor: Cursor, left: Expression): Expression {
  cursor.expect('between');
  cursor.expect('(');
  const from = parseSum(cursor);
  cursor.expect('..');
  const until = parseSum(cursor);
  cursor.expect(')');
  return {
    is: 'binary',
    operator: 'and',
    left: { is: 'binary', operator: '>=', left, right: from },
    right: { is: 'binary', operator: '<=', left, right: until },
  };
}

function parseSum(cursor: Cursor): Expression {
  return leftToRight(cursor, ['+', '-'], () => leftToRight(cursor, ['*', '/', '%'], () => parseTerm(cursor)));
}

function parseTerm(cursor: Cursor): Expression {
  if (cursor.passes('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')');
    return inner;
  }
  if (cursor.passes('-')) {
    const zero: Expression = { is: 'literal', type: 'long', value: 0 };
    return { is: 'binary', operator: '-', left: zero, right: parseTerm(cursor) };
  }
  if (cursor.passes('*')) return { is: 'everything' };
  if (cursor.isAt('dynamic', '(')) return parseDynamic(cursor);
  const literal = parseLiteral(cursor);
  if (literal) return literal;
  const { text: name } = cursor.take('name');
  if (!cursor.passes('(')) return { is: 'name', name };
  if (cursor.passes(')')) return { is: 'call', name, args: [] };
  const args = cursor.list(() => parseExpression(cursor));
  cursor.expect(')');
  return { is: 'call', name, args };
}
