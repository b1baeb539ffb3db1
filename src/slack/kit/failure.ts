import { code, words } from '../../wording/words.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';

/** What was asked for broke half-way; `reference` is in the log. */
export function failureNote(reference: string): Message {
  return note(
    words`Something went wrong, and it is not known whether what you asked for was done.`,
    words`Look at the list or the card before you try again. Whoever looks after the bot finds it in the log under ${code(reference)}.`,
  );
}

/** Says nothing of what became of it: an answer that came too late may still have been stored. */
export function memoryUnreachable(reference: string): Message {
  return note(
    words`I cannot reach my memory now, so I can neither show nor decide anything.`,
    words`Look at the list or the card in a minute, before you try again. Whoever looks after the bot finds it in the log under ${code(reference)}.`,
  );
}
