import type { Cursor } from './cursor.ts';
import { cursor as cursorOf } from './cursor.ts';
import { parseExpression } from './expression-parser.ts';
import type { Named, Operator, OrderKey, Query } from './syntax.ts';

export function parseQuery(text: string): Query {
  const cursor = cursorOf(text);
  const lets: { name: string; value: ReturnType<typeof parseExpression> }[] = [];
  while (cursor.passes('let')) {
    const { text: name } = cursor.take('name');
    cursor.expect('=');
    lets.push({ name, value: parseExpression(cursor) });
    cursor.expect(';');
  }
  const { text: table } = cursor.take('name');
  const operators: Operator[] = [];
  while (cursor.passes('|')) operators.push(parseOperator(cursor));
  cursor.passes(';');
  cursor.take('end');
  return { lets, table, operators };
}

type OperatorParser = (cursor: Cursor) => Operator;

const order: OperatorParser = (cursor) => {
  cursor.expect('by');
  return { is: 'order', keys: cursor.list(() => parseOrderKey(cursor)) };
};

const take: OperatorParser = (cursor) => ({ is: 'take', count: Number(cursor.take('number').text) });

const parsers: Readonly<Record<string, OperatorParser>> = {
  where: (cursor) => ({ is: 'where', condition: parseExpression(cursor) }),
  filter: (cursor) => ({ is: 'where', condition: parseExpression(cursor) }),
  extend: (cursor) => ({ is: 'extend', columns: cursor.list(() => parseNamed(cursor)) }),
  project: (cursor) => ({ is: 'project', columns: cursor.list(() => parseNamed(cursor)) }),
  distinct: (cursor) => ({ is: 'distinct', columns: cursor.list(() => parseNamed(cursor)) }),
  summarize: parseSummarize,
  order,
  sort: order,
  take,
  limit: take,
  count: () => ({ is: 'count' }),
  getschema: () => ({ is: 'getschema' }),
};

function parseOperator(cursor: Cursor): Operator {
  const parse = Object.hasOwn(parsers, cursor.peek().text) ? parsers[cursor.peek().text] : undefined;
  if (!parse) return cursor.fail();
  cursor.take('name');
  return parse(cursor);
}

function parseSummarize(cursor: Cursor): Operator {
  const aggregates = cursor.isAt('by') ? [] : cursor.list(() => parseNamed(cursor));
  const by = cursor.passes('by') ? cursor.list(() => parseNamed(cursor)) : [];
  return { is: 'summarize', aggregates, by };
}

function parseNamed(cursor: Cursor): Named {
  const { kind, text: name } = cursor.peek();
  if (kind !== 'name' || !cursor.isAt(name, '=')) return { value: parseExpression(cursor) };
  cursor.take('name');
  cursor.expect('=');
  return { name, value: parseExpression(cursor) };
}

/** Downwards unless it says otherwise, and nulls at the lower end. */
function parseOrderKey(cursor: Cursor): OrderKey {
  const value = parseExpression(cursor);
  const isAscending = cursor.passes('asc');
  if (!isAscending) cursor.passes('desc');
  if (!cursor.passes('nulls')) return { value, isAscending, areNullsFirst: isAscending };
  const areNullsFirst = cursor.passes('first');
  if (!areNullsFirst) cursor.expect('last');
  return { value, isAscending, areNullsFirst };
}
