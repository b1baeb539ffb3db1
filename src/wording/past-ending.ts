import type { PastSession } from '../domain/history/past-session.ts';
import type { LostReason } from '../domain/sessions/lost.ts';
import { person } from './person.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

export function pastEnding({ how }: PastSession): Words {
  switch (how.is) {
    case 'by-itself':
      return words`ended by itself`;
    case 'by-bot':
      return words`ended by the bot for ${person(how.requester)}`;
    case 'lost':
      return words`lost sight of: ${lostBecause(how.why)}`;
  }
}

function lostBecause(why: LostReason): string {
  switch (why) {
    case 'host-gone':
      return 'the host is gone';
    case 'unknown-too-long':
      return 'no answer for a day';
    case 'no-longer-polled':
      return 'the host is left out by now';
  }
}
