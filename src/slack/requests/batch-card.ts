import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { CardContents } from '../../domain/cards/content.ts';
import type { Batch } from '../../domain/requests/batch.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending, isWaiting } from '../../domain/requests/phases.ts';
import { sessionsIn } from '../../domain/requests/tunnel.ts';
import type { MemberRoom } from '../../wording/batch-state.ts';
import { batchState, memberLines, namesOf } from '../../wording/batch-state.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { at } from '../../wording/time.ts';
import { usualCommand } from '../../wording/slash-command.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { actions, button, facts, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { plainText } from '../kit/plain-text.ts';
import { spoken } from '../kit/spoken.ts';
import type { ReturnsRoom } from './came-back.ts';
import { askAgainEach } from './came-back.ts';
import { reasonOf, staysLoggedOn } from './card.ts';

/** The value of each button is the batch's id. */
export const approveBatchAction = 'batch_approve';
export const denyBatchAction = 'batch_deny';
export const cancelBatchAction = 'batch_cancel';

type Room = MemberRoom & ReturnsRoom;

const rooms: readonly [Room, ...Room[]] = [
  { name: 80, candidates: 3, saysWhy: true, saysMore: true, buttons: 20 },
  { name: 40, candidates: 2, saysWhy: true, saysMore: true, buttons: 20 },
  { name: 40, candidates: 1, saysWhy: false, saysMore: true, buttons: 10 },
  { name: 24, candidates: 0, saysWhy: false, saysMore: true, buttons: 10 },
  { name: 24, candidates: 0, saysWhy: false, saysMore: false, buttons: 5 },
  { name: 14, candidates: 0, saysWhy: false, saysMore: false, buttons: 2 },
  { name: 8, candidates: 0, saysWhy: false, saysMore: false, buttons: 0 },
];

export function batchCard({
  batch,
  members,
  approval,
  command = usualCommand,
  owners,
}: CardContents['batch']): Message {
  const { headline, more } = batchState(batch, members);
  const { requester, askedAt } = batch;
  const sessions = counted(sessionsIn(members), 'session');
  const hasPending = members.some(isPending);
  const sentence = hasPending
    ? words`${person(requester)} asks to disconnect ${sessions}: ${namesOf(members, 30)}`
    : outcomeSentence(members, headline);
  const state = hasPending ? [headline, ...more] : more;
  return firstThatFits(rooms, (room) => ({
    text: spoken(words`${sentence}.`),
    blocks: [
      lines(bold(sentence)),
      ...(state.length > 0 ? [lines(...state)] : []),
      facts([
        ['Asked by', words`${person(requester)}, ${at(askedAt)}`],
        ['To disconnect', words`${sessions}`],
        ['Reason', reasonOf(batch)],
      ]),
      ...sessionsOf(members, room, owners),
      ...openActions(batch, members),
      ...askAgainEach(members, approval, { ...room, command }),
    ],
  }));
}

export function batchOutcomeMessage(batch: Batch, members: readonly DisconnectRequest[]): Message {
  const { headline, more } = batchState(batch, members);
  const sessions = counted(sessionsIn(members), 'session');
  const sentence = outcomeSentence(members, headline);
  return firstThatFits(rooms, (room) => ({
    text: spoken(words`${sentence}.`),
    blocks: [
      lines(bold(sentence)),
      ...(more.length > 0 ? [lines(...more)] : []),
      facts([
        ['Your request', words`disconnect ${sessions}`],
        ['Reason', reasonOf(batch)],
      ]),
      ...sessionsOf(members, room),
    ],
  }));
}

/** Names so short that a lock screen has room for what became of them. */
function outcomeSentence(members: readonly DisconnectRequest[], headline: Words): Words {
  return words`${counted(members.length, 'session')} (${namesOf(members, 18)}): ${headline}`;
}

function sessionsOf(
  members: readonly DisconnectRequest[],
  room: MemberRoom,
  owners?: CardContents['batch']['owners'],
): readonly KnownBlock[] {
  const said = memberLines(members, room, owners);
  return said.length > 0 ? [lines(...said)] : [];
}

/** Decisions while one is pending; one that waits for Azure can still be cancelled. */
function openActions(batch: Batch, members: readonly DisconnectRequest[]): readonly ActionsBlock[] {
  const open = members.filter((member) => isPending(member) || isWaiting(member));
  if (open.length === 0) return [];
  const label = `Cancel request to disconnect ${counted(open.length, 'session')}`;
  const decisions = members.some(isPending) ? batchDecisionButtons(batch, members) : [];
  return [actions(...decisions, button('Cancel request', cancelBatchAction, batch.id, label))];
}

export function batchDecisionButtons(
  { id }: Batch,
  members: readonly DisconnectRequest[],
): readonly Button[] {
  const pending = pendingOf(members);
  const sessions = counted(pending.length, 'session');
  return [
    {
      ...button('Approve & disconnect', approveBatchAction, id, `Approve & disconnect: ${sessions}`),
      style: 'danger',
      confirm: {
        title: plainText(`Disconnect ${sessions}?`, 100),
        text: plainText(
          `${namesOf(pending, 40)}: the connection is lost at once and nobody is asked. ${staysLoggedOn}`,
          300,
        ),
        confirm: plainText('Approve & disconnect', 30),
        deny: plainText('Keep', 30),
        style: 'danger',
      },
    },
    button('Deny', denyBatchAction, id, `Deny to disconnect ${sessions}`),
  ];
}

function pendingOf(members: readonly DisconnectRequest[]): readonly DisconnectRequest[] {
  return members.filter(isPending);
}
