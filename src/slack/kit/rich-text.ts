import type { RichTextElement } from '@slack/types';
import type { Instant } from '../../wording/time.ts';
import { utcText } from '../../wording/time.ts';
import type { Word, Words } from '../../wording/words.ts';
import { joined } from '../../wording/words.ts';

/** The words as elements of rich text, in which Slack parses nothing. */
export function richText(said: Words): RichTextElement[] {
  return joined([said.map(shownWord)], '').map(elementOf);
}

/** How Slack writes an instant: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting */
export const dateFormats: Readonly<Record<Instant['shown'], string>> = {
  minute: '{date_short_pretty} {time}',
  ago: '{ago}',
  second: '{time_secs}',
};

/** Slack takes no instant before 1970, which is what an unset start time looks like. */
export function shownWord(word: Word): Word {
  if (word.is !== 'instant' || timestampOf(word) > 0) return word;
  return { is: 'text', text: utcText(word), ...(word.style && { style: word.style }) };
}

export function timestampOf({ at }: Instant): number {
  return Math.floor(at / 1000);
}

function elementOf(word: Word): RichTextElement {
  const style = word.style && { style: word.style };
  switch (word.is) {
    case 'text':
      return { type: 'text', text: word.text, ...style };
    case 'instant':
      return {
        type: 'date',
        timestamp: timestampOf(word),
        format: dateFormats[word.shown],
        fallback: utcText(word),
        ...style,
      };
    case 'person':
      return { type: 'user', user_id: word.id, ...style };
    case 'group':
      return { type: 'usergroup', usergroup_id: word.id, ...style };
    case 'channel':
      return { type: 'channel', channel_id: word.id, ...style };
    case 'link':
      return { type: 'link', url: word.url, text: word.text, ...style };
  }
}
