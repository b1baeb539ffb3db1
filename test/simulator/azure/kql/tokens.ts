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
  ['string', /@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
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

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

function saidBy(text: string): string {
  if (text.startsWith('@')) return text.slice(2, -1).replace(/(["'])\1/g, '$1');
  return text.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, escaped = '') => {
    return code === undefined
      ? (escapes[String(escaped)] ?? String(escaped))
      : String.fromCharCode(Number.parseInt(code, 16));
  });
}
