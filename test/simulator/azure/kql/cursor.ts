import { syntaxError } from './error.ts';
import type { Token, TokenKind } from './tokens.ts';
import { tokensOf } from './tokens.ts';

/** Walks through the tokens of a query. */
export interface Cursor {
  peek(): Token;
  /** Whether the next ones read so. */
  isAt(...texts: readonly string[]): boolean;
  /** Passes the next token if it reads so. */
  passes(text: string): boolean;
  expect(text: string): void;
  take(kind: TokenKind): Token;
  /** Items between commas. */
  list<Item>(item: () => Item): readonly Item[];
  fail(): never;
}

export function cursor(query: string): Cursor {
  const tokens = tokensOf(query);
  let next = 0;
  const end: Token = { kind: 'end', text: '<EOF>', says: '', at: query.length };
  const peek = (ahead = 0) => tokens[next + ahead] ?? end;
  const reads = ({ kind, text }: Token, wanted: string) => kind !== 'string' && text === wanted;
  const fail = (): never => {
    throw syntaxError(query, peek().at, peek().text);
  };
  const passes = (text: string) => {
    const isThere = reads(peek(), text);
    if (isThere) next += 1;
    return isThere;
  };
  return {
    peek,
    passes,
    fail,
    isAt: (...texts) => texts.every((text, ahead) => reads(peek(ahead), text)),
    expect: (text) => passes(text) || fail(),
    take(kind) {
      const token = peek();
      if (token.kind !== kind) fail();
      next += 1;
      return token;
    },
    list(item) {
      const items = [item()];
      while (passes(',')) items.push(item());
      return items;
    },
  };
}
