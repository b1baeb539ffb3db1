import type { Batch } from '../domain/requests/batch.ts';
import type { DisconnectRequest, RequestState } from '../domain/requests/request.ts';
import type { OvertakenReason } from '../domain/requests/withheld.ts';
import { isPending } from '../domain/requests/phases.ts';
import { sessionCount } from '../domain/requests/tunnel.ts';
import { isUnasked } from '../domain/requests/unasked.ts';
import type { KnownOwner } from '../domain/sessions/owner.ts';
import type { StateWords } from './alert-state.ts';
import { inert } from './foreign.ts';
import { ownerPhrase } from './owner.ts';
import { decisionOf, requestState } from './request-state.ts';
import type { OriginRoom } from './origin.ts';
import { dot, originLine } from './origin.ts';
import { fullSessionName, openSince, protocolName } from './session-facts.ts';
import { shortSessionName } from './session-line.ts';
import { at } from './time.ts';
import { unaskedInTime, unaskedSoFar } from './unasked.ts';
import type { Words } from './words.ts';
import { bold, words } from './words.ts';

export function batchState({ expiresAt }: Batch, members: readonly DisconnectRequest[]): StateWords {
  if (members.every(isPending)) {
    return {
      headline: members.some(isUnasked) ? words`Nobody was asked yet` : words`Waiting for approval`,
      more: [...unasked(members), words`Expires ${at(expiresAt)}. Nothing is sent before somebody approves.`],
    };
  }
  const counts = new Map<string, number>();
  for (const member of members) counts.set(standing(member), (counts.get(standing(member)) ?? 0) + 1);
  const headline = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
  return { headline: words`${headline}`, more: [...unasked(members), ...decisions(members)] };
}

function unasked(members: readonly DisconnectRequest[]): readonly Words[] {
  const pending = members.find((member) => isPending(member) && isUnasked(member));
  if (pending) return unaskedSoFar(pending);
  const expired = members.find((member) => member.state.is === 'expired' && member.unasked);
  return expired ? unaskedInTime(expired) : [];
}

/** How much is said of each session; with no candidates nothing of who is behind it. */
export interface MemberRoom extends OriginRoom {
  readonly saysWhy: boolean;
  readonly saysMore: boolean;
}

const protocolLength = 16;

export function memberLines(
  members: readonly DisconnectRequest[],
  room: MemberRoom,
  owners: ReadonlyMap<string, KnownOwner> = new Map(),
): readonly Words[] {
  const arePending = members.every(isPending);
  const said = members.flatMap((member) => {
    const { headline, more } = requestState(member);
    const why = wentWrong(member) && room.saysWhy ? more.slice(0, 1) : [];
    return [
      memberName(member, room, owners.get(member.id)),
      ...(arePending ? [] : [words`${headline}`, ...why]),
    ];
  });
  const isCut =
    !room.saysMore ||
    (!room.saysWhy && members.some(wentWrong)) ||
    (room.candidates === 0 && members.some(({ session }) => originLine(session, room) !== undefined));
  return isCut ? [...said, words`There is no room here for more; the record has all of it.`] : said;
}

function memberName(member: DisconnectRequest, room: MemberRoom, known?: KnownOwner): Words {
  const { session, hostName } = member;
  const owner = member.owner === undefined ? known : { is: 'one' as const, id: member.owner };
  const count = sessionCount(member);
  const tunnel = count === 1 ? [] : words` (${count} of one tunnel)`;
  const name = bold(words`${fullSessionName(session, room.name)}`);
  const protocol = room.saysMore ? words`, ${inert(protocolName(session), protocolLength)}` : [];
  const since = room.saysMore ? words`, since ${openSince(session)}` : [];
  const origin = room.candidates === 0 ? undefined : originLine(session, room);
  const behind: Words = origin === undefined ? [] : [{ is: 'text', text: `${dot}${origin}` }];
  const of = owner && (owner.is === 'one' || room.saysMore) ? words`, ${ownerPhrase(owner)}` : [];
  return words`${name}${tunnel}${protocol} through ${inert(hostName, room.name)}${since}${of}${behind}`;
}

/** The first few of them, e.g. `alice on vm-1, bob on vm-2 and 3 more`. */
export function namesOf(members: readonly DisconnectRequest[], nameAtMost: number): string {
  const named = members.slice(0, 2).map(({ session }) => shortSessionName(session, nameAtMost));
  const more = members.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

function standing({ state }: DisconnectRequest): string {
  switch (state.is) {
    case 'pending':
      return 'waiting for approval';
    case 'approved':
      return standingOfApproved(state);
    case 'sending':
      return 'sent and to be proven';
    case 'still-there':
      return 'still there';
    case 'unproven':
      return 'not proven';
    case 'refused':
      return 'refused by Azure';
    case 'not-sent':
      return state.why.is === 'ended-by-itself' ? 'ended by itself' : 'not sent';
    case 'overtaken':
      return overtakenStanding[state.why.is];
    case 'denied':
    case 'cancelled':
    case 'expired':
      return state.is;
    case 'gone':
      return state.cameBack ? 'gone and came back' : 'gone';
  }
}

function standingOfApproved({ waiting }: Extract<RequestState, { is: 'approved' }>): string {
  if (!waiting) return 'about to be disconnected';
  return waiting.for === 'right' ? 'waiting for Slack' : 'waiting for Azure';
}

const overtakenStanding: Readonly<Record<OvertakenReason['is'], string>> = {
  'ended-by-itself': 'ended by itself',
  lost: 'lost sight of',
  'host-forgotten': 'lost sight of',
};

function wentWrong({ state }: DisconnectRequest): boolean {
  switch (state.is) {
    case 'still-there':
    case 'unproven':
    case 'refused':
      return true;
    case 'not-sent':
    case 'overtaken':
      return state.why.is !== 'ended-by-itself';
    case 'approved':
      return state.waiting !== undefined;
    case 'pending':
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'sending':
    case 'gone':
      return false;
  }
}

function decisions(members: readonly DisconnectRequest[]): readonly Words[] {
  const byPerson = new Map<string | undefined, Words>();
  for (const member of members) {
    if ('decidedAt' in member.state && !byPerson.has(member.state.by)) {
      byPerson.set(member.state.by, decisionOf(member, member.state));
    }
  }
  return [...byPerson.values()];
}
