import { words } from '../../wording/words.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';

export const tooFast: Message = note(
  words`That was too fast for me: so many commands of yours came at once that I left this one alone.`,
  words`Slow down, please: wait a few seconds, then send it again.`,
);
