import type { PastSession } from '../domain/history/past-session.ts';
import { lastedMs } from '../domain/history/past-session.ts';
import type { Session } from '../domain/sessions/session.ts';
import { ageMs } from '../domain/sessions/session.ts';
import { inert, nameLength } from './foreign.ts';
import { at, duration } from './time.ts';
import type { Fact, Words } from './words.ts';
import { words } from './words.ts';

/** Who on which machine, e.g. `azureuser on web-01`; each of the two at most this long. */
export function sessionName({ vm, vmLogin }: Session, atMost = nameLength): string {
  const machine = inert(vm.name, atMost);
  return vmLogin === '' ? `${machine} (login not told by Azure)` : `${inert(vmLogin, atMost)} on ${machine}`;
}

/** What is known of a session, but for its ids. */
export function sessionFacts(session: Session, hostName: string): readonly Fact[] {
  const { vm, vmLogin, protocol, startedAt, startedAtFrom, clientAddress, ...ids } = session;
  const { hostId, sessionId, resourceType, origin, ...unsaid } = ids;
  unsaid satisfies Record<string, never>;
  return [
    ['VM login', vmLogin === '' ? words`not told by Azure` : words`${vmLogin}`],
    ['Machine', vm.address === undefined ? words`${vm.name}` : words`${vm.name} (${vm.address})`],
    ['Protocol', words`${protocolName(session)}`],
    ['Bastion host', words`${hostName}`],
    ['Open since', openSince(session)],
    ['Client address', words`${clientAddress ?? noClientAddress}`],
  ];
}

export const noClientAddress = 'not part of this Azure API; the Bastion audit logs have it';

export function protocolName({ protocol }: Session): string {
  return inert(protocol.toUpperCase(), nameLength);
}

/** As exact as Azure told the start, and no more. */
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

/** No reading shows the very moment of an end. */
export function lasted(past: PastSession): string {
  return `${past.how.is === 'lost' ? 'at least' : 'about'} ${duration(lastedMs(past))}`;
}
