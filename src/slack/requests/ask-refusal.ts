import type { AskOutcome } from '../../domain/requests/request.ts';
import { accessDenied } from '../../wording/access-denied.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { requestState } from '../../wording/request-state.ts';
import { unaskedSoFar } from '../../wording/unasked.ts';
import { nameLength } from '../../wording/foreign.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';

export function askRefusal(outcome: Exclude<AskOutcome, { is: 'asked' }>): Message {
  return note(...askRefusalSentences(outcome));
}

function askRefusalSentences(outcome: Exclude<AskOutcome, { is: 'asked' }>): readonly Words[] {
  switch (outcome.is) {
    case 'already-asked': {
      const { requester, askedAt, session } = outcome.existing;
      return [
        words`${person(requester)} asked to disconnect ${shortSessionName(session, nameLength)} already, ${at(askedAt)}. One request at a time is open for a session.`,
        words`It stands so: ${requestState(outcome.existing).headline}.`,
        ...unaskedSoFar(outcome.existing),
      ];
    }
    case 'too-many-open':
      return [
        words`${counted(outcome.open, 'request')} of yours wait for a decision. No more than that are open at once, so that those of your colleagues are seen, and this one was not opened.`,
        words`Cancel some of them on their cards, or wait until they are decided, and ask again.`,
      ];
    case 'not-tracked':
      return [
        words`This session is over, or its host is no longer known. Press Refresh for what is open now.`,
      ];
    case 'cannot-be-ended':
      return [
        words`This session cannot be ended from here: Azure gives it no id. Try the Azure portal, or end it on the machine.`,
      ];
    case 'switched-off':
      return [words`The policy has disconnecting switched off.`];
    case 'denied':
      return accessDenied(outcome.denied);
  }
}
