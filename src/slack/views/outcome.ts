import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { facts, lines } from './blocks.ts';
import type { Message } from './message.ts';
import { reasonOf } from './request-card.ts';
import { requestState } from './request-state.ts';
import { openSince, sessionName } from './session-facts.ts';
import { spoken } from './spoken.ts';
import { bold, words } from './words.ts';

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
