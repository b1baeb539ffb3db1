import type { PastSession } from '../domain/history/past-session.ts';
import { withoutDomain } from '../domain/sessions/login.ts';
import type { Session } from '../domain/sessions/session.ts';
import { ageMs } from '../domain/sessions/session.ts';
import { inert, nameLength } from './foreign.ts';
import type { OriginRoom } from './origin.ts';
import { originFacts } from './origin-facts.ts';
import { at, duration } from './time.ts';
import type { Fact, Words } from './words.ts';
import { words } from './words.ts';

/** Lock screens show it, so the login is without its domain, which may make it an e-mail address. */
export function sessionName(session: Session, atMost = nameLength): string {
  return namedBy(session, withoutDomain(session.vmLogin), atMost);
}

/** The same with the whole login, for lists and whatever else no lock screen shows. */
export function fullSessionName(session: Session, atMost = nameLength): string {
  return namedBy(session, session.vmLogin, atMost);
}

function namedBy({ vm, vmLogin }: Session, login: string, atMost: number): string {
  const machine = inert(vm.name, atMost);
  return vmLogin === '' ? `${machine} (login not told by Azure)` : `${inert(login, atMost)} on ${machine}`;
}

/** For cards, the smaller one where the larger does not fit. */
export const factRooms: readonly [OriginRoom, OriginRoom] = [
  { name: 120, candidates: 10 },
  { name: 40, candidates: 3 },
];

export function sessionFacts(session: Session, hostName: string, room = factRooms[0]): readonly Fact[] {
  return [...listedFacts(session, hostName), ...originFacts(session, room)];
}

/** What Azure's list says of a session, but for its ids and the client's address. */
export function listedFacts(session: Session, hostName: string): readonly Fact[] {
  const { vm, vmLogin, protocol, startedAt, startedAtFrom, ...rest } = session;
  const { hostId, sessionId, resourceType, clientAddress, origin, ...unsaid } = rest;
  unsaid satisfies Record<string, never>;
  return [
    ['VM login', vmLogin === '' ? words`not told by Azure` : words`${vmLogin}`],
    ['Machine', vm.address === undefined ? words`${vm.name}` : words`${vm.name} (${vm.address})`],
    ['Protocol', words`${protocolName(session)}`],
    ['Bastion host', words`${hostName}`],
    ['Open since', openSince(session)],
  ];
}

export function protocolName({ protocol }: Session): string {
  return inert(protocol.toUpperCase(), nameLength);
}

export function openSince({ startedAt, startedAtFrom }: Session): Words {
  switch (startedAtFrom) {
    case 'given':
      return words`${at(startedAt)}`;
    case 'duration':
      return words`about ${at(startedAt)}`;
    case 'reading':
      return words`${at(startedAt)} or earlier`;
  }
}

/** How long it is open, as exactly as Azure told its start. */
export function age(session: Session, now: number): string {
  const age = duration(ageMs(session, now));
  switch (session.startedAtFrom) {
    case 'given':
      return age;
    case 'duration':
      return `about ${age}`;
    case 'reading':
      return `at least ${age}`;
  }
}

export function lasted(past: PastSession): string {
  const { session, how, seenAt, closedAt } = past;
  return how.is === 'lost' ? `at least ${duration(ageMs(session, seenAt))}` : lastedUntil(session, closedAt);
}

/** No reading shows the very moment of an end, or of a start that Azure does not tell. */
export function lastedUntil(session: Session, endedBy: number): string {
  return `${session.startedAtFrom === 'reading' ? 'at least' : 'about'} ${duration(ageMs(session, endedBy))}`;
}
