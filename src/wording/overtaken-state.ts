import type { DisconnectRequest, RequestState } from '../domain/requests/request.ts';
import type { StateWords } from './alert-state.ts';
import { at, atSecond } from './time.ts';
import { words } from './words.ts';

export function overtakenState(
  { hostName }: DisconnectRequest,
  { at: since, why }: Extract<RequestState, { is: 'overtaken' }>,
): StateWords {
  switch (why.is) {
    case 'ended-by-itself':
      return {
        headline: words`Ended by itself, checked ${atSecond(why.checkedAt)}`,
        more: [words`Nobody had decided yet. Nothing was sent.`],
      };
    case 'lost':
      return {
        headline: words`Lost sight of, ${at(since)}`,
        more: [
          words`${hostName} has not been read for a day, so nobody knows whether the session is still open. Nothing was sent; ask again once it is listed again.`,
        ],
      };
    case 'host-forgotten':
      return {
        headline: words`Lost sight of, ${at(since)}`,
        more: [
          words`${hostName} is gone, or the bot is not to look at it any more. Nobody knows whether the session is still open. Nothing was sent.`,
        ],
      };
  }
}
