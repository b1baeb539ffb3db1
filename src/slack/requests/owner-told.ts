import type { OwnerTold } from '../../domain/cards/content.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { person, principals } from '../../wording/person.ts';
import { decisionOf } from '../../wording/request-state.ts';
import { openSince, protocolName } from '../../wording/session-facts.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at, atSecond } from '../../wording/time.ts';
import type { Fact, Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { reasonOf, tunnelFacts } from './card.ts';

/** So that who and where stand within the eighty characters that a lock screen shows. */
const nameLength = 48;

export function ownerToldMessage(told: OwnerTold): Message {
  const { request, whomToAsk } = told;
  const { session, hostName, state } = request;
  const ended = words`The bot ended your session ${shortSessionName(session, nameLength)} through ${hostName}`;
  return {
    text: spoken(words`${ended}, as a colleague decided.`),
    blocks: [
      lines(bold(ended)),
      lines(
        words`A colleague decided so. Gone, checked ${atSecond(state.checkedAt)}.`,
        ...(whomToAsk.length > 0 ? [words`Whom to ask: ${principals(whomToAsk)}.`] : []),
        ...livesOn(session),
      ),
      facts([...(told.saysWho ? whoAndWhy(told) : []), ...whichSession(told)]),
    ],
  };
}

function whoAndWhy({ request }: OwnerTold): readonly Fact[] {
  const { requester, askedAt, state } = request;
  return [
    ['Asked by', words`${person(requester)}, ${at(askedAt)}`],
    ['Decision', decisionOf(request, state)],
    ['Reason', reasonOf(request)],
  ];
}

function whichSession({ request }: OwnerTold): readonly Fact[] {
  const { session, hostName } = request;
  const { vm, vmLogin } = session;
  return [
    ['VM login', vmLogin === '' ? words`not told by Azure` : words`${vmLogin}`],
    ['Machine', words`${vm.name}`],
    ['Protocol', words`${protocolName(session)}`],
    ['Bastion host', words`${hostName}`],
    ...tunnelFacts(request),
    ['Open since', openSince(session)],
  ];
}

/** What the end of a connection leaves as it was. Azure ends no more than that. */
function livesOn({ protocol }: Session): readonly Words[] {
  switch (protocol) {
    case 'rdp':
      return [
        words`Your programs on the machine keep running and you stay logged on there; you can connect again.`,
      ];
    case 'ssh':
      return [
        words`The shell and its own commands have ended; what runs in tmux or screen, or as a service, lives on. You can connect again.`,
      ];
    default:
      return [words`You can connect again.`];
  }
}
