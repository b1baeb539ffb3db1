import type { RichTextElement } from '@slack/types';
import { isSameJson } from '../../domain/kit/same-json.ts';
import type { Instant } from '../../wording/time.ts';
import { utcText } from '../../wording/time.ts';
import type { Word, Words } from '../../wording/words.ts';

/** The words as elements of rich text, in which Slack parses nothing. */
export function richText(said: Words): RichTextElement[] {
  const isPutInText = (word: Word | undefined) => word !== undefined && shownWord(word) !== word;
  return said
    .reduce<Words>((shown, word, index) => {
      const isInText = isPutInText(word) || isPutInText(said[index - 1]);
      return isInText ? appendText(shown, shownWord(word)) : [...shown, word];
    }, [])
    .map(elementOf);
}

/** An instant that Slack does not take is one text with what stands beside it in the same style. */
function appendText(shown: Words, word: Word): Words {
  const last = shown.at(-1);
  if (last?.is !== 'text' || word.is !== 'text' || !isSameJson(last.style, word.style))
    return [...shown, word];
  return [...shown.slice(0, -1), { ...last, text: last.text + word.text }];
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
