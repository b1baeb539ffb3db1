import type { HostId } from '../hosts/host.ts';
import { isSameJson } from '../kit/same-json.ts';
import type { Origin } from './origin.ts';

/** One RDP or SSH session on a Bastion host, as one reading showed it. Instants are epoch milliseconds. */
export interface Session {
  readonly hostId: HostId;
  /** Bastion's own id: opaque, unique on its host at one time, and possibly used again. Empty when Azure gave none: such a session cannot be ended. */
  readonly sessionId: string;
  readonly startedAt: number;
  readonly startedAtFrom: StartSource;
  readonly vm: TargetMachine;
  /** The login on the VM, not the Entra user; empty when Azure does not say. */
  readonly vmLogin: string;
  /** `rdp`, `ssh`, or what Azure says, in lower case. */
  readonly protocol: string;
  /** `VM`, `VMSS`, `BSL` (shareable link), … */
  readonly resourceType?: string;
  /** Not part of the documented answer; kept should Azure send it. */
  readonly clientAddress?: string;
  /** Who is behind it and from where, as the audit log tells: no reading shows it. Absent while nothing is known. */
  readonly origin?: Origin;
}

/** `given`: Azure's start time. `duration`: when Azure answered less the duration. `reading`: Azure said neither, so when it answered. */
export type StartSource = 'given' | 'duration' | 'reading';

export interface TargetMachine {
  readonly name: string;
  readonly resourceId?: string;
  readonly address?: string;
}

/** Durations come in whole minutes and polls wander, so a derived start is only this exact. */
export const derivedStartToleranceMs = 2 * 60_000;

export function sameStart(a: Session, b: Session): boolean {
  if (a.startedAtFrom === 'reading' || b.startedAtFrom === 'reading') return true;
  if (a.startedAtFrom === 'given' && b.startedAtFrom === 'given') return a.startedAt === b.startedAt;
  return Math.abs(a.startedAt - b.startedAt) <= derivedStartToleranceMs;
}

/** Whether Azure gave an id to end it by. */
export function canBeEnded({ sessionId }: Session): boolean {
  return sessionId !== '';
}

/** Identity across readings. The same id with another start is another session. */
export function isSameSession(a: Session, b: Session): boolean {
  if (a.hostId !== b.hostId || a.sessionId !== b.sessionId || !sameStart(a, b)) return false;
  return canBeEnded(a) || (machineOf(a) === machineOf(b) && a.vmLogin === b.vmLogin);
}

/** The session as it is now, under the start that was noted first: a derived start wanders from reading to reading. */
function withFirstStart(first: Session, seen: Session): Session {
  const isMoreExact = seen.startedAtFrom === 'duration' && first.startedAtFrom === 'reading';
  if (seen.startedAtFrom === 'given' || isMoreExact) return seen;
  return { ...seen, startedAt: first.startedAt, startedAtFrom: first.startedAtFrom };
}

/** The same object where nothing changed, as for nearly all of thousands. */
export function seenAgain(first: Session, seen: Session): Session {
  const session = withKnown(first.origin, withFirstStart(first, seen));
  return isSameJson(first, session) ? first : session;
}

export function withOrigin({ origin: _before, ...session }: Session, origin: Origin | undefined): Session {
  return withKnown(origin, session);
}

/** What is spread comes last: V8 gives an object that gains a field after a spread a hidden class of its own, at twice the time. */
function withKnown(origin: Origin | undefined, session: Session): Session {
  return origin ? { origin, ...session } : session;
}

/** When it began at the earliest: what Azure counts in whole minutes may be up to one older than it says. */
export function earliestStart({ startedAt, startedAtFrom }: Session): number {
  switch (startedAtFrom) {
    case 'given':
      return startedAt;
    case 'duration':
      return startedAt - derivedStartToleranceMs;
    case 'reading':
      return Number.NEGATIVE_INFINITY;
  }
}

export function machineOf(session: Session): string {
  return (session.vm.resourceId ?? session.vm.address ?? session.vm.name).toLowerCase();
}

/** What a rule may call the machine: an instance of a scale set, `web/3`, also goes by the name of the set. */
export function machineNames({ vm: { name } }: Session): readonly string[] {
  const [set = name] = name.split('/', 1);
  return set === name ? [name] : [name, set];
}

/** Never negative: a clock that jumps back makes a session new, not of negative age. */
export function ageMs(session: Session, now: number): number {
  return Math.max(0, now - session.startedAt);
}
