import { syntaxError } from './error.ts';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the query. */
  readonly text: string;
  /** Of a string: what it says. */
  readonly says: string;
  readonly at: number;
}

export type TokenKind = 'end' | 'name' | 'number' | 'operator' | 'string' | 'symbol' | 'timespan' | 'typed';

/** The first that fits is taken: `datetime(2026-11-27)` is one token, because what it holds is no expression. */
const kinds: readonly (readonly [TokenKind | 'blank', RegExp])[] = [
  ['blank', /(?:\s|\/\/[^\n]*)+/y],
  [
    'string',
    /@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\r\n\u2028\u2029]|\\.)*"|'(?:[^'\\\r\n\u2028\u2029]|\\.)*'/y,
  ],
  ['timespan', /\d+(?:\.\d+)?(?:microsecond|tick|ms|d|h|m|s)\b/y],
  ['number', /\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/y],
  ['typed', /(?:datetime|date|timespan|time|int|long|real|double|bool|boolean)\s*\([^()"']*\)/y],
  ['operator', /!?in~|!(?:in|has|has_cs|contains|contains_cs|startswith|endswith)\b/y],
  ['name', /[A-Za-z_]\w*/y],
  ['symbol', /==|!=|=~|!~|<=|>=|\.\.|[<>=|,;()[\]{}:+\-*/%]/y],
];

export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length;) {
    const [kind, text] = tokenAt(query, at);
    if (kind === 'string' && !isReadable(text)) throw syntaxError(query, at, text);
    if (kind !== 'blank') tokens.push({ kind, text, says: kind === 'string' ? saidBy(text) : text, at });
    at += text.length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', says: '', at: query.length }];
}

function tokenAt(query: string, at: number): readonly [TokenKind | 'blank', string] {
  for (const [kind, pattern] of kinds) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(query) ?? [];
    if (text !== undefined) return [kind, text];
  }
  throw syntaxError(query, at, query[at] ?? '');
}

/** Each of these says what stands at the same place below. */
const escapable = 'abfnrtv"\'\\';
const escaped = '\u0007\b\f\n\r\t\v"\'\\';

/** A backslash stands before what it gives another sense to, and nowhere else. */
function isReadable(text: string): boolean {
  return text.startsWith('@') || /^(?:[^\\]|\\u[0-9a-fA-F]{4}|\\[abfnrtv"'\\])*$/.test(text);
}

function saidBy(text: string): string {
  if (text.startsWith('@')) return text.slice(2, -1).replaceAll(text.charAt(1).repeat(2), text.charAt(1));
  return text.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, letter = '') => {
    return code === undefined
      ? escaped.charAt(escapable.indexOf(String(letter)))
      : String.fromCharCode(Number.parseInt(code, 16));
  });
}
