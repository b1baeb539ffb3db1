import { inert } from './foreign.ts';
import type { Instant } from './time.ts';
import { utcText } from './time.ts';

/** What we say, for a chat, a terminal or a digest to put: none of them parses anything in it. */
export type Words = readonly Word[];

export type Word = Said & { readonly style?: { readonly bold?: boolean; readonly code?: boolean } };

type Said =
  | { readonly is: 'text'; readonly text: string }
  | Instant
  | { readonly is: 'person' | 'group' | 'channel'; readonly id: string }
  | { readonly is: 'link'; readonly url: string; readonly text: string };

export type Fact = readonly [label: string, value: Words];

const phraseLength = 200;

/** Every string put in is taken for foreign text, so forgetting that it is does no harm. */
export function words(
  ours: TemplateStringsArray,
  ...values: readonly (string | number | Word | Words)[]
): Words {
  return ours
    .flatMap((text, index): Words => [{ is: 'text', text }, ...wordsOf(values[index])])
    .reduce<Words>(append, []);
}

export function bold(said: Words): Words {
  return said.map((word) => ({ ...word, style: { ...word.style, bold: true } }));
}

export function code(text: string): Word {
  return { is: 'text', text: inert(text, phraseLength), style: { code: true } };
}

export function joined(parts: readonly Words[], separator: string): Words {
  return parts
    .flatMap((part, index): Words => (index === 0 ? part : [{ is: 'text', text: separator }, ...part]))
    .reduce<Words>(append, []);
}

/** For who runs the bot, where nobody's Slack puts names and hours in. */
export function plainly(said: Words): string {
  return said.map(plainWord).join('');
}

function plainWord(word: Word): string {
  switch (word.is) {
    case 'text':
    case 'link':
      return word.text;
    case 'instant':
      return utcText(word);
    case 'person':
    case 'group':
    case 'channel':
      return word.id;
  }
}

function wordsOf(value: string | number | Word | Words | undefined): Words {
  if (value === undefined) return [];
  if (typeof value === 'number') return [{ is: 'text', text: String(value) }];
  if (typeof value === 'string') return [{ is: 'text', text: inert(value, phraseLength) }];
  return 'is' in value ? [value] : value;
}

/** Neighbours become one, and nothing is said by an empty one. */
function append(said: Words, word: Word): Words {
  if (word.is !== 'text') return [...said, word];
  if (word.text === '') return said;
  const last = said.at(-1);
  if (last?.is !== 'text' || last.style || word.style) return [...said, word];
  return [...said.slice(0, -1), { is: 'text', text: last.text + word.text }];
}
