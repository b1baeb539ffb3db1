import type { Connection } from './connection.ts';
import { bareLogin } from '../sessions/login.ts';
import type { Session } from '../sessions/session.ts';

/** `perhaps`: what the log leaves out, or says in two ways, might fit. Such a connection names nobody, but may be the one. */
export type Fit = 'yes' | 'perhaps' | 'no';

/** What is known of the session besides itself. */
export interface Sighted {
  readonly session: Session;
  /** A reading begun then showed it open. */
  readonly seenAt: number;
  /** A reading begun then no longer did. */
  readonly goneAt?: number;
}

/** The log and the list of sessions are written by different clocks. */
const toleranceMs = 120_000;
/** A start that was reckoned from whole minutes is only this much more exact. */
const derivedToleranceMs = 240_000;
/** Of a session whose start nobody tells, so much earlier ones are looked at. */
const longestMs = 24 * 3_600_000;

/** When a connection began that may be behind this session. */
export function periodOf({ startedAt, startedAtFrom }: Session): {
  readonly from: number;
  readonly until: number;
} {
  switch (startedAtFrom) {
    case 'given':
      return { from: startedAt - toleranceMs, until: startedAt + toleranceMs };
    case 'duration':
      return { from: startedAt - derivedToleranceMs, until: startedAt + derivedToleranceMs };
    case 'reading':
      return { from: startedAt - longestMs, until: startedAt + toleranceMs };
  }
}

/** Whether everything that a connection tells, but for its id, is as it is of the session. */
export function fitOf(connection: Connection, sighted: Sighted): Fit {
  return worst([...sameTarget(connection, sighted.session), ...sameTime(connection, sighted)]);
}

/** The same without the time: what bears the id of the session may be told by a clock that is far off. */
export function contradicts(connection: Connection, session: Session): boolean {
  return worst(sameTarget(connection, session)) === 'no';
}

function sameTarget(connection: Connection, session: Session): readonly Fit[] {
  if (connection.hostId !== session.hostId) return ['no'];
  return [
    sameMachine(connection, session),
    sameLogin(connection, session),
    sameProtocol(connection, session),
  ];
}

function sameMachine({ machineAddresses, machineIds }: Connection, { vm }: Session): Fit {
  if (vm.resourceId !== undefined && machineIds.length > 0)
    return among(machineIds, vm.resourceId.toLowerCase());
  if (vm.address !== undefined && machineAddresses.length > 0)
    return among(machineAddresses, vm.address.toLowerCase());
  return 'perhaps';
}

/** A login that one side leaves blank says nothing: sign-ins with Entra often do. */
function sameLogin({ vmLogins }: Connection, { vmLogin }: Session): Fit {
  if (vmLogins.length === 0 || vmLogin === '') return 'yes';
  return among([...new Set(vmLogins.map(bareLogin))], bareLogin(vmLogin));
}

function sameProtocol({ protocols }: Connection, { protocol }: Session): Fit {
  return protocols.length === 0 || protocol === 'unknown' ? 'yes' : among(protocols, protocol);
}

function sameTime({ beganAt, endedAt }: Connection, { session, seenAt, goneAt }: Sighted): readonly Fit[] {
  const { from, until } = periodOf(session);
  const isInTime = beganAt >= from && beganAt <= until;
  const isBackwards = endedAt !== undefined && endedAt < beganAt;
  const isOverBefore = endedAt !== undefined && endedAt < seenAt - toleranceMs;
  const isOverAfter = endedAt !== undefined && goneAt !== undefined && endedAt > goneAt + toleranceMs;
  return [isInTime ? 'yes' : 'no', isBackwards ? 'perhaps' : isOverBefore || isOverAfter ? 'no' : 'yes'];
}

function among(told: readonly string[], wanted: string): Fit {
  if (!told.includes(wanted)) return 'no';
  return told.length === 1 ? 'yes' : 'perhaps';
}

function worst(fits: readonly Fit[]): Fit {
  return fits.includes('no') ? 'no' : fits.includes('perhaps') ? 'perhaps' : 'yes';
}
