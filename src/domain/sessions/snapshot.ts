import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isQuiet } from '../hosts/azure-failure.ts';
import { grouped } from '../kit/grouped.ts';
import type { Failing, HostState, TrackedSession } from './host-state.ts';
import { keyOf, matched, withoutRepeats } from './matching.ts';
import type { Reading } from './reading.ts';
import type { Session } from './session.ts';
import { isSameSession, seenAgain } from './session.ts';
import type { Trial } from './trying.ts';
import { triedForMs } from './trying.ts';

/** What a reading says of a tracked session. A host that does not answer makes its sessions `unknown`, never `gone`. */
export type Sighting = 'open' | 'gone' | 'unknown';

/** `doubtful`: all sessions of a busy host vanished at once, which a second reading must confirm. `outdated`: a newer reading came first. */
export type Verdict = 'good' | 'failed' | 'doubtful' | 'outdated' | 'host-gone' | 'no-longer-polled';

export interface Snapshot {
  readonly verdict: Verdict;
  readonly hostState: HostState;
  readonly sightings: readonly { readonly tracked: TrackedSession; readonly sighting: Sighting }[];
}

/** From this many sessions on, losing all of them in one reading is doubted. */
const busyFrom = 3;

export interface Observing {
  readonly newRef: () => string;
  readonly everyMs: number;
}

export function observe(hostState: HostState, reading: Reading, { newRef, everyMs }: Observing): Snapshot {
  if (reading.counter <= hostState.lastCounter) return silent('outdated', hostState);
  const heard = { ...hostState, lastCounter: reading.counter, triedAt: reading.begunAt };
  if (!reading.result.ok) {
    const failing = failingWith(hostState, reading.result.failure, { now: reading.begunAt, everyMs });
    const isGone = isProvenTwice(failing.goneSince, reading.begunAt, everyMs);
    return silent(isGone ? 'host-gone' : 'failed', { ...heard, failing });
  }

  const seen = withoutRepeats(reading.result.sessions);
  const matches = matched(hostState.trackedSessions, seen);
  const pairs = hostState.trackedSessions.map((tracked) => ({ tracked, match: matches.get(tracked) }));
  const { failing: _answered, missedAt: _found, doubtfulSince, ...rest } = heard;
  const lostAll =
    hostState.trackedSessions.length >= busyFrom && pairs.every(({ match }) => match === undefined);
  if (lostAll && doubtfulSince === undefined) {
    return silent('doubtful', { ...rest, doubtfulSince: reading.begunAt });
  }

  const kept = pairs.flatMap(({ tracked, match }) =>
    match ? [withSession(tracked, seenAgain(tracked.session, match))] : [],
  );
  const known = new Set(matches.values());
  const opened = withFoundAgain(
    hostState.lost,
    seen.filter((session) => !known.has(session)),
    newRef,
  );
  const trackedSessions = [...kept, ...opened];
  const gone = pairs.flatMap(({ tracked, match }) => (match ? [] : [tracked]));
  return {
    verdict: 'good',
    hostState: { ...rest, readAt: reading.begunAt, trackedSessions, lost: [] },
    sightings: [
      ...trackedSessions.map((tracked) => ({ tracked, sighting: 'open' as const })),
      ...gone.map((tracked) => ({ tracked, sighting: 'gone' as const })),
    ],
  };
}

/** The sightings of a moment without a reading of its own: what the last good one showed, or nothing known. */
export function recall(hostState: HostState): Snapshot {
  const sighting = hostState.failing || hostState.doubtfulSince !== undefined ? 'unknown' : 'open';
  return {
    verdict: sighting === 'open' ? 'good' : 'failed',
    hostState,
    sightings: hostState.trackedSessions.map((tracked) => ({ tracked, sighting })),
  };
}

export function withoutAlerts(snapshot: Snapshot, gone: ReadonlySet<string>): Snapshot {
  if (gone.size === 0) return snapshot;
  const { hostState, sightings, verdict } = snapshot;
  const { alertsToEnd, ...rest } = hostState;
  const isOwed = ({ alertId }: TrackedSession) => alertId === undefined || !gone.has(alertId);
  const cleared = (tracked: TrackedSession): TrackedSession => {
    const { alertId: _gone, ...unalerted } = tracked;
    return isOwed(tracked) ? tracked : unalerted;
  };
  return {
    verdict,
    hostState: {
      ...rest,
      trackedSessions: hostState.trackedSessions.map(cleared),
      ...(alertsToEnd && { alertsToEnd: alertsToEnd.filter(isOwed) }),
    },
    sightings: sightings.map(({ tracked, sighting }) => ({ tracked: cleared(tracked), sighting })),
  };
}

export function giveUp(hostState: HostState, why: 'host-gone' | 'no-longer-polled'): Snapshot {
  return silent(why, hostState);
}

/** Whether a search that covers the host's subscription without finding it proves that it is gone. */
export function isMissedTwice({ missedAt }: HostState, now: number, everyMs: number): boolean {
  return isProvenTwice(missedAt, now, everyMs);
}

function silent(verdict: Verdict, hostState: HostState): Snapshot {
  return {
    verdict,
    hostState,
    sightings: hostState.trackedSessions.map((tracked) => ({ tracked, sighting: 'unknown' })),
  };
}

function failingWith({ failing: before, triedAt }: HostState, failure: AzureFailure, trial: Trial): Failing {
  const { now } = trial;
  // What calls nobody, by the nature of the host, is no silence that another failure goes on with.
  const goesOn = before !== undefined && isQuiet(before.failure) === isQuiet(failure);
  const tried = goesOn ? { triedForMs: triedForMs(before, triedAt, trial) } : {};
  const failing = { since: goesOn ? before.since : now, failure, ...tried };
  return failure.kind === 'host-gone' ? { ...failing, goneSince: before?.goneSince ?? now } : failing;
}

/** Azure's word that there is no such host counts once it has said so twice, an interval apart: polls come a little early. */
function isProvenTwice(firstAt: number | undefined, now: number, everyMs: number): boolean {
  return firstAt !== undefined && now - firstAt >= 0.8 * everyMs;
}

function withSession(tracked: TrackedSession, session: Session): TrackedSession {
  return session === tracked.session ? tracked : { ...tracked, session };
}

/** Sessions that were not followed a moment ago: each that was given up is itself again, once. */
function withFoundAgain(
  lost: readonly TrackedSession[],
  opened: readonly Session[],
  newRef: () => string,
): readonly TrackedSession[] {
  const bearing = grouped(lost, ({ session }) => keyOf(session));
  const taken = new Set<TrackedSession>();
  return opened.map((session) => {
    const found = bearing
      .get(keyOf(session))
      ?.find((tracked) => !taken.has(tracked) && isSameSession(tracked.session, session));
    if (!found) return { ref: newRef(), session };
    taken.add(found);
    const { lostAt: _found, ...tracked } = found;
    return { ...tracked, session: seenAgain(tracked.session, session) };
  });
}
