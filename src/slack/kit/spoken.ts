import { utcText } from '../../wording/time.ts';
import type { Word, Words } from '../../wording/words.ts';
import { dateFormats, shownWord, timestampOf } from './rich-text.ts';

/** `chat.update` takes 4000 characters of text. */
const textLength = 3000;

/** For the top-level `text` and mrkdwn: escaped first and then cut, so never through an entity; what people typed stays what they typed. */
export function spoken(said: Words): string {
  const pieces = said.map(shownWord).flatMap(piecesOf);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= textLength) return pieces.join('');
  let kept = '';
  for (const piece of pieces) {
    if (kept.length + piece.length >= textLength) break;
    kept += piece;
  }
  return `${kept}…`;
}

function piecesOf(word: Word): readonly string[] {
  switch (word.is) {
    case 'text':
      return Array.from(withoutTriggers(word.text), escaped);
    case 'instant':
      return [`<!date^${timestampOf(word)}^${dateFormats[word.shown]}|${utcText(word)}>`];
    case 'person':
      return [`<@${word.id}>`];
    case 'group':
      return [`<!subteam^${word.id}>`];
    case 'channel':
      return [`<#${word.id}>`];
    case 'link':
      return Array.from(word.text, escaped);
  }
}

/** A word joiner, which shows nothing, keeps Slack from finding an address or a mention. */
function withoutTriggers(text: string): string {
  return text.replace(/(?<=:)(?=\/\/)|(?<=@)(?=channel|here|everyone)/gi, '\u2060');
}

function escaped(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    default:
      return character;
  }
}
