import { Lexer, Parser } from 'yaml';

const deepest = 50;
const widestMap = 200;
const longestList = 10_000;
const mostAliases = 100;
/** More than ten thousand people, each in a map of two fields. */
const mostTokens = 200_000;

/** The reader of YAML nests by calls, and compares each key with all others. */
export interface Excess {
  readonly offset: number;
  readonly words: string;
}

/** Only splits the text, token by token, and stops at the excess. */
export function excessIn(text: string): Excess | undefined {
  const parser = new Parser();
  let offset = 0;
  let aliases = 0;
  let tokens = 0;
  const excess = (words: string): Excess => ({ offset, words });
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) continue;
    offset = parser.offset;
    if (parser.stack.length > deepest) return excess(atMost(deepest, 'levels in one another'));
    if (lexeme.startsWith('*') && (aliases += 1) > mostAliases) {
      return excess(atMost(mostAliases, 'aliases (*)'));
    }
    if ((tokens += 1) > mostTokens) return excess(atMost(mostTokens, 'words and signs'));
    const top = parser.stack.at(-1);
    const isMap = top?.type === 'block-map' || (top?.type === 'flow-collection' && top.start.source === '{');
    if (isMap && top.items.length > widestMap) return excess(atMost(widestMap, 'fields in one'));
    const isList = top?.type === 'block-seq' || top?.type === 'flow-collection';
    if (isList && top.items.length > longestList + 1) return excess(atMost(longestList, 'in one list'));
  }
  return undefined;
}

function atMost(most: number, what: string): string {
  return `expected at most ${most.toLocaleString('en')} ${what}`;
}
