import { code, words } from '../../wording/words.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';

export function failureNote(reference: string): Message {
  return note(
    words`Something went wrong, and it is not known whether what you asked for was done.`,
    words`Look at the list or the card before you try again. Whoever looks after the bot finds it in the log under ${code(reference)}.`,
  );
}

/** What was asked for needs a record that this version of the bot leaves alone; `reference` is in the log and in `/readyz`. */
export function recordUnreadable(reference: string): Message {
  return note(
    words`I cannot read one of my records that this needs, so I leave it alone and wait. Most likely another version of me wrote it, and an update is under way.`,
    words`Look at the list or the card in a minute, before you try again. Whoever looks after the bot finds it in the log and in ${code('/readyz')} under ${code(reference)}.`,
  );
}

/** Says nothing of what became of it: an answer that came too late may still have been stored. */
export function storeUnreachable(reference: string): Message {
  return note(
    words`I cannot reach my memory now, so I can neither show nor decide anything.`,
    words`Look at the list or the card in a minute, before you try again. Whoever looks after the bot finds it in the log under ${code(reference)}.`,
  );
}
