import type {
  RichTextChannelMention,
  RichTextDate,
  RichTextLink,
  RichTextText,
  RichTextUserMention,
  RichTextUsergroupMention,
} from '@slack/types';
import { inert } from './foreign.ts';

/** What we say, in the one form in which Slack parses nothing. `spoken` makes the top-level text of it. */
export type Words = readonly Word[];

export type Word =
  | RichTextText
  | RichTextDate
  | RichTextUserMention
  | RichTextUsergroupMention
  | RichTextChannelMention
  | RichTextLink;

/** One line of what is known of something. */
export type Fact = readonly [label: string, value: Words];

const phraseLength = 200;

/** Every string put in is taken for foreign text, so forgetting that it is does no harm. */
export function words(
  ours: TemplateStringsArray,
  ...values: readonly (string | number | Word | Words)[]
): Words {
  return ours
    .flatMap((text, index): Words => [{ type: 'text', text }, ...wordsOf(values[index])])
    .reduce<Words>(append, []);
}

export function bold(said: Words): Words {
  return said.map((word) => ({ ...word, style: { ...word.style, bold: true } }));
}

/** Something to be typed or looked up as it stands. */
export function code(text: string): RichTextText {
  return { type: 'text', text: inert(text, phraseLength), style: { code: true } };
}

export function joined(parts: readonly Words[], separator: string): Words {
  return parts
    .flatMap((part, index): Words => (index === 0 ? part : [{ type: 'text', text: separator }, ...part]))
    .reduce<Words>(append, []);
}

/** For who runs the bot, where nobody's Slack puts names and hours in. */
export function plainly(said: Words): string {
  return said.map(plainWord).join('');
}

function plainWord(word: Word): string {
  switch (word.type) {
    case 'text':
      return word.text;
    case 'date':
      return word.fallback ?? new Date(word.timestamp * 1000).toISOString();
    case 'user':
      return word.user_id;
    case 'usergroup':
      return word.usergroup_id;
    case 'channel':
      return word.channel_id;
    case 'link':
      return word.text ?? word.url;
  }
}

function wordsOf(value: string | number | Word | Words | undefined): Words {
  if (value === undefined) return [];
  if (typeof value === 'number') return [{ type: 'text', text: String(value) }];
  if (typeof value === 'string') return [{ type: 'text', text: inert(value, phraseLength) }];
  return 'type' in value ? [value] : value;
}

/** Slack refuses empty text elements; neighbours become one, because a message has a size. */
function append(said: Words, word: Word): Words {
  if (word.type !== 'text') return [...said, word];
  if (word.text === '') return said;
  const last = said.at(-1);
  if (last?.type !== 'text' || last.style || word.style) return [...said, word];
  return [...said.slice(0, -1), { type: 'text', text: last.text + word.text }];
}
