import type { Cursor } from './cursor.ts';
import type { Expression } from './syntax.ts';
import { readDate, readSpan } from './time.ts';
import type { Type, Value } from './value.ts';

/** Undefined when the next token begins no literal. */
export function parseLiteral(cursor: Cursor): Expression | undefined {
  const { kind, says, text } = cursor.peek();
  switch (kind) {
    case 'string':
      cursor.take(kind);
      return { is: 'literal', type: 'string', value: says };
    case 'number':
      cursor.take(kind);
      return { is: 'literal', type: /^\d+$/.test(text) ? 'long' : 'real', value: Number(text) };
    case 'timespan':
      cursor.take(kind);
      return { is: 'literal', type: 'timespan', value: readSpan(text) ?? null };
    case 'typed':
      return parseTyped(cursor, text);
    case 'name':
      if (text !== 'true' && text !== 'false') return undefined;
      cursor.take(kind);
      return { is: 'literal', type: 'bool', value: text === 'true' };
    case 'end':
    case 'operator':
    case 'symbol':
      return undefined;
  }
}

const types: Readonly<Record<string, Type>> = {
  bool: 'bool',
  boolean: 'bool',
  date: 'datetime',
  datetime: 'datetime',
  double: 'real',
  int: 'int',
  long: 'long',
  real: 'real',
  time: 'timespan',
  timespan: 'timespan',
};

function parseTyped(cursor: Cursor, text: string): Expression {
  const open = text.indexOf('(');
  const type = types[text.slice(0, open).trim()] ?? cursor.fail();
  const inner = text.slice(open + 1, -1).trim();
  const value = inner === 'null' ? null : (typedValue(type, inner) ?? cursor.fail());
  cursor.take('typed');
  return { is: 'literal', type, value };
}

function typedValue(type: Type, text: string): Value | undefined {
  if (type === 'datetime') return readDate(text);
  if (type === 'timespan') return readSpan(text);
  if (type === 'bool') return text === 'true' || (text === 'false' ? false : undefined);
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** `dynamic(…)` holds JSON, whose strings may stand in single quotes too. */
export function parseDynamic(cursor: Cursor): Expression {
  cursor.expect('dynamic');
  cursor.expect('(');
  const value = parseJson(cursor);
  cursor.expect(')');
  return { is: 'literal', type: 'dynamic', value };
}

function parseJson(cursor: Cursor): Value {
  if (cursor.passes('null')) return null;
  if (cursor.passes('[')) {
    if (cursor.passes(']')) return [];
    const items = cursor.list(() => parseJson(cursor));
    cursor.expect(']');
    return items;
  }
  if (cursor.passes('{')) {
    if (cursor.passes('}')) return {};
    const fields = cursor.list(() => {
      const { says } = cursor.take('string');
      cursor.expect(':');
      return [says, parseJson(cursor)] as const;
    });
    cursor.expect('}');
    return Object.fromEntries(fields);
  }
  const isNegative = cursor.passes('-');
  const literal = parseLiteral(cursor);
  if (literal?.is !== 'literal') return cursor.fail();
  return isNegative && typeof literal.value === 'number' ? -literal.value : literal.value;
}
