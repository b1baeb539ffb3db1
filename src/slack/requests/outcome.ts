import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { requestSentence, requestState } from '../../wording/request-state.ts';
import { openSince, sessionName } from '../../wording/session-facts.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { reasonOf, tunnelFacts } from './card.ts';

export function outcomeMessage(request: DisconnectRequest): Message {
  const { session, hostName } = request;
  const { more } = requestState(request);
  const sentence = requestSentence(request);
  return {
    text: spoken(words`${sentence}.`),
    blocks: [
      lines(bold(sentence)),
      ...(more.length > 0 ? [lines(...more)] : []),
      facts([
        ['Your request', words`disconnect ${sessionName(session)} through ${hostName}`],
        ...tunnelFacts(request),
        ['Open since', openSince(session)],
        ['Reason', reasonOf(request)],
      ]),
    ],
  };
}
