import { words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';

/** What a card leaves behind in a channel: the sentence that says what it is about, and where it is now. */
export function movedMessage({ text, blocks }: Message, to: string): Message {
  const [sentence] = blocks;
  const [about = text] = text.split('. ');
  return {
    text: `Moved to another channel: ${about}`,
    blocks: [...(sentence ? [sentence] : []), lines(words`Moved to ${{ is: 'channel', id: to }}`)],
  };
}
