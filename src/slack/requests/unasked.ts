import type { Batch } from '../../domain/requests/batch.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import { sessionsIn } from '../../domain/requests/tunnel.ts';
import { whyUnasked } from '../../domain/requests/unasked.ts';
import { batchState, namesOf } from '../../wording/batch-state.ts';
import { counted } from '../../wording/counted.ts';
import { requestSentence, requestState } from '../../wording/request-state.ts';
import { refusedBecause } from '../../wording/refused-posts.ts';
import { openSince, sessionName } from '../../wording/session-facts.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Fact, Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';
import { spoken } from '../kit/spoken.ts';
import { reasonOf } from './card.ts';

/** Tells the requester, in a direct message, that nobody could be asked, and what became of that. */
export function unaskedMessage(request: DisconnectRequest): Message {
  const { session, hostName } = request;
  const { more } = requestState(request);
  const name = shortSessionName(session);
  return message(
    isPending(request) ? [askedSentence([request], name), more] : [requestSentence(request), more],
    [
      ['Your request', words`disconnect ${sessionName(session)} through ${hostName}`],
      ['Open since', openSince(session)],
      ['Reason', reasonOf(request)],
    ],
  );
}

export function batchUnaskedMessage(batch: Batch, members: readonly DisconnectRequest[]): Message {
  const { headline, more } = batchState(batch, members);
  const sessions = counted(sessionsIn(members), 'session');
  const name = `${sessions} (${namesOf(members, 18)})`;
  return message(
    members.some(isPending) ? [askedSentence(members, name), more] : [words`${name}: ${headline}`, more],
    [
      ['Your request', words`disconnect ${sessions}`],
      ['Reason', reasonOf(batch)],
    ],
  );
}

/** Instead of closing the form without a word, where Slack refused what was posted last for the approvers. */
export function maybeUnasked(code: string): Message {
  return note(
    words`Your request is open, but nobody may be asked: Slack refused what the bot posted last for them.`,
    ...refusedBecause(code, 'approvals'),
    words`The bot tries again, and tells you in a direct message if that is in vain.`,
  );
}

function askedSentence(requests: readonly DisconnectRequest[], name: string): Words {
  const isNobody = requests.some((request) => whyUnasked(request) !== undefined);
  const until = requests.find(({ unasked }) => unasked?.until !== undefined)?.unasked?.until;
  return isNobody || until === undefined
    ? words`Nobody was asked yet to disconnect ${name}`
    : words`Asked after all to disconnect ${name}, ${at(until)}`;
}

function message([sentence, more]: readonly [Words, readonly Words[]], said: readonly Fact[]): Message {
  return {
    text: spoken(words`${sentence}.`),
    blocks: [lines(bold(sentence)), ...(more.length > 0 ? [lines(...more)] : []), facts(said)],
  };
}
