import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { requestState } from '../../wording/request-state.ts';
import { openSince, sessionName } from '../../wording/session-facts.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { reasonOf } from './card.ts';

/** Tells the requester, in a direct message, how it ended. */
export function outcomeMessage(request: DisconnectRequest): Message {
  const { session, hostName } = request;
  const { headline, more } = requestState(request);
  return {
    text: spoken(words`Your request to disconnect ${sessionName(session)}: ${headline}.`),
    blocks: [
      lines(bold(headline), ...more),
      facts([
        ['Your request', words`disconnect ${sessionName(session)} through ${hostName}`],
        ['Open since', openSince(session)],
        ['Reason', reasonOf(request)],
      ]),
    ],
  };
}
