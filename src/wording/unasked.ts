import type { DisconnectRequest } from '../domain/requests/request.ts';
import { whyUnasked } from '../domain/requests/unasked.ts';
import { refusedBecause } from './refused-posts.ts';
import { at } from './time.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

const goesOnTrying = words`The bot goes on trying. Whoever may approve can decide on the bot's Home tab, too.`;

export function unaskedSoFar(request: DisconnectRequest): readonly Words[] {
  const code = whyUnasked(request);
  return code === undefined ? [] : [...refusedBecause(code, 'approvals'), goesOnTrying];
}

/** What is said of a request that is over, of which nobody was asked, or not at once. */
export function unaskedInTime({ unasked }: DisconnectRequest): readonly Words[] {
  if (!unasked) return [];
  const [cause, remedy] = refusedBecause(unasked.code, 'approvals');
  return unasked.until === undefined
    ? [words`Nobody was asked. ${cause}`, remedy]
    : [words`Nobody was asked before ${at(unasked.until)}.`];
}
