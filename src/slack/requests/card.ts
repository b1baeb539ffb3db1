import type { Button } from '@slack/types';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending, isWaiting } from '../../domain/requests/phases.ts';
import { sessionCount } from '../../domain/requests/tunnel.ts';
import type { KnownOwner } from '../../domain/sessions/owner.ts';
import type { OriginRoom } from '../../wording/origin.ts';
import { ownerFact } from '../../wording/owner.ts';
import { person } from '../../wording/person.ts';
import { quoted } from '../../wording/reason.ts';
import { requestSentence, requestState } from '../../wording/request-state.ts';
import { factRooms, sessionFacts, sessionName } from '../../wording/session-facts.ts';
import { at } from '../../wording/time.ts';
import { tunnelSentence } from '../../wording/tunnel.ts';
import type { Fact, Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { actions, button, facts, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { plainText } from '../kit/plain-text.ts';
import { spoken } from '../kit/spoken.ts';
import { askAgain } from './came-back.ts';

/** The value of each button is the request's id. */
export const approveAction = 'request_approve';
export const denyAction = 'request_deny';
export const cancelAction = 'request_cancel';

export function requestCard(
  request: DisconnectRequest,
  approval: DisconnectPolicy['approval'],
  owner?: KnownOwner,
): Message {
  const { headline, more } = requestState(request);
  const sentence = requestSentence(request);
  const state = isPending(request) ? [headline, ...more] : more;
  return firstThatFits(factRooms, (room) => ({
    text: spoken(words`${sentence}.`),
    blocks: [
      lines(bold(sentence)),
      ...(state.length > 0 ? [lines(...state)] : []),
      facts(requestFacts(request, owner, room)),
      ...(isPending(request) ? [actions(...decisionButtons(request), cancelButton(request))] : []),
      ...(isWaiting(request) ? [actions(cancelButton(request))] : []),
      ...askAgain(request, approval),
    ],
  }));
}

export function reasonOf({ reason }: Pick<DisconnectRequest, 'reason'>): Words {
  return [quoted(reason)];
}

function requestFacts(
  request: DisconnectRequest,
  owner: KnownOwner | undefined,
  room: OriginRoom,
): readonly Fact[] {
  return [...askedFacts(request, owner), ...sessionFacts(request.session, request.hostName, room)];
}

export function askedFacts(request: DisconnectRequest, known?: KnownOwner): readonly Fact[] {
  const { requester, askedAt } = request;
  const owner = request.owner === undefined ? known : { is: 'one' as const, id: request.owner };
  return [
    ['Asked by', words`${person(requester)}, ${at(askedAt)}`],
    ['Reason', reasonOf(request)],
    ...(owner ? [ownerFact(owner)] : []),
    ...tunnelFacts(request),
  ];
}

export function tunnelFacts(request: DisconnectRequest): readonly Fact[] {
  const count = sessionCount(request);
  return count === 1 ? [] : [['All of them', words`${tunnelSentence(count)}`]];
}

function cancelButton({ id, session }: DisconnectRequest): Button {
  return button('Cancel request', cancelAction, id, `Cancel request to disconnect: ${sessionName(session)}`);
}

export function decisionButtons(request: DisconnectRequest): readonly Button[] {
  const { id, session } = request;
  const name = sessionName(session);
  return [
    {
      ...button('Approve & disconnect', approveAction, id, `Approve & disconnect: ${name}`),
      style: 'danger',
      confirm: confirmation(request),
    },
    button('Deny', denyAction, id, `Deny to disconnect: ${name}`),
  ];
}

/** Azure ends a connection, and nothing on the machine. */
export const staysLoggedOn = 'On Windows programs keep running and the person stays logged on.';

function confirmation(request: DisconnectRequest) {
  const count = sessionCount(request);
  const others = count === 1 ? '' : ` (all ${count} sessions of its tunnel)`;
  return {
    title: plainText(count === 1 ? 'Disconnect this session?' : `Disconnect ${count} sessions?`, 100),
    text: plainText(
      `${sessionName(request.session)}${others} loses the connection at once and is not asked. ${staysLoggedOn}`,
      300,
    ),
    confirm: plainText('Approve & disconnect', 30),
    deny: plainText('Keep', 30),
    style: 'danger' as const,
  };
}
