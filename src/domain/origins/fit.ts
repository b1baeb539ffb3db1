import type { Connection } from './connection.ts';
import { bareLogin, isBlankLogin } from '../sessions/login.ts';
import type { Session } from '../sessions/session.ts';
import { canBeEnded } from '../sessions/session.ts';

/** `perhaps`: what the log leaves out, or says in two ways, might fit. Such a connection names nobody, but may be the one. */
export type Fit = 'yes' | 'perhaps' | 'no';

export interface Sighted {
  readonly session: Session;
  readonly seenAt: number;
  readonly goneAt?: number;
}

/** The log and the list of sessions are written by different clocks. */
const toleranceMs = 120_000;
/** A start that was reckoned from whole minutes is only this much more exact. */
const derivedToleranceMs = 240_000;
/** Of a session whose start nobody tells, so much earlier ones are looked at. */
const longestMs = 24 * 3_600_000;
/** What bears the id of a session was written by a clock so much further off at most, or is of another that had the id. */
const idHoldsForMs = 60_000;

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

export function periodOfId(session: Session): { readonly from: number; readonly until: number } {
  const { from, until } = periodOf(session);
  return { from: from - idHoldsForMs, until: until + idHoldsForMs };
}

export function fitOf(connection: Connection, sighted: Sighted): Fit {
  const time = sameTime(connection, sighted);
  // Most fail here, and thousands may meet thousands.
  return time === 'no' ? 'no' : worst([time, ...sameTarget(connection, sighted.session)]);
}

/** Whether a connection that bears the id of the session is its own, and not that of an earlier one that had the id. */
export function mayBearItsId(connection: Connection, session: Session): boolean {
  const { beganAt, endedAt } = connection;
  const { from, until } = periodOfId(session);
  const isOverBefore = endedAt !== undefined && endedAt < session.startedAt - derivedToleranceMs;
  const isInTime = beganAt >= from && beganAt <= until && !isOverBefore;
  return canBeEnded(session) && isInTime && worst(sameTarget(connection, session)) !== 'no';
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
  if (vmLogins.length === 0 || isBlankLogin(vmLogin)) return 'yes';
  return among([...new Set(vmLogins.map(bareLogin))], bareLogin(vmLogin));
}

function sameProtocol({ protocols }: Connection, { protocol }: Session): Fit {
  return protocols.length === 0 || protocol === 'unknown' ? 'yes' : among(protocols, protocol);
}

function sameTime({ beganAt, endedAt }: Connection, { session, seenAt, goneAt }: Sighted): Fit {
  const { from, until } = periodOf(session);
  if (beganAt < from || beganAt > until) return 'no';
  if (endedAt === undefined) return 'yes';
  if (endedAt < beganAt) return 'perhaps';
  const isOverBefore = endedAt < seenAt - toleranceMs;
  const isOverAfter = goneAt !== undefined && endedAt > goneAt + toleranceMs;
  return isOverBefore || isOverAfter ? 'no' : 'yes';
}

function among(told: readonly string[], wanted: string): Fit {
  if (!told.includes(wanted)) return 'no';
  return told.length === 1 ? 'yes' : 'perhaps';
}

function worst(fits: readonly Fit[]): Fit {
  return fits.includes('no') ? 'no' : fits.includes('perhaps') ? 'perhaps' : 'yes';
}
