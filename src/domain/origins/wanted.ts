import type { HostId } from '../hosts/host.ts';
import type { HostState } from '../sessions/host-state.ts';
import { exactUserOf } from '../sessions/origin.ts';
import type { Session } from '../sessions/session.ts';
import { rowsComeWithinMs } from './find-origin.ts';
import type { Sighted } from './fit.ts';
import { periodOfId } from './fit.ts';

/** A session that nobody is exactly known to be behind; `ref` is that of the tracked session. */
export interface Wanted extends Sighted {
  readonly ref: string;
}

/** Logs are kept for longer, but what has not come within a week does not come. */
const longestWaitMs = 7 * 24 * 3_600_000;

export function wantedOpen(states: readonly HostState[], now: number): readonly Wanted[] {
  return states.flatMap(({ readAt, trackedSessions }) =>
    trackedSessions
      .filter(({ session }) => mayBeTold(session, now))
      .map(({ ref, session }) => ({ ref, session, seenAt: readAt ?? session.startedAt })),
  );
}

export function mayBeTold(session: Session, now: number): boolean {
  return exactUserOf(session) === undefined && session.startedAt > now - longestWaitMs;
}

export function isYoung({ session }: Wanted, now: number): boolean {
  return now - session.startedAt < rowsComeWithinMs;
}

export function hostsOf(wanted: readonly Wanted[]): readonly HostId[] {
  return [...new Set(wanted.map(({ session }) => session.hostId))];
}

export function halved(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const sorted = wanted.toSorted((a, b) => b.session.startedAt - a.session.startedAt);
  const middle = Math.ceil(sorted.length / 2);
  return [sorted.slice(0, middle), sorted.slice(middle)];
}

export function periodsOf(wanted: readonly Wanted[]) {
  return wanted.map(({ session }) => periodOfId(session));
}
