import type { Words } from '../../wording/words.ts';
import { joined } from '../../wording/words.ts';
import { lines } from './blocks.ts';
import type { Message } from './message.ts';
import { spoken } from './spoken.ts';

export function note(...sentences: readonly Words[]): Message {
  return { text: spoken(joined(sentences, ' ')), blocks: [lines(...sentences)] };
}
