import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isQuiet } from '../hosts/azure-failure.ts';
import { grouped } from '../kit/grouped.ts';
import type { Failing, HostMemory, Watch } from './host-state.ts';
import { keyOf, matched, withoutRepeats } from './matching.ts';
import type { Reading } from './reading.ts';
import type { Session } from './session.ts';
import { isSameSession, seenAgain } from './session.ts';
import type { Trial } from './trying.ts';
import { triedForMs } from './trying.ts';

/** What a reading says of a watched session. A host that does not answer makes its sessions `unknown`, never `gone`. */
export type Sighting = 'open' | 'gone' | 'unknown';

/**
 * `good`: the memory now holds what the reading showed. `failed`: nothing is known. `doubtful`: every session of a
 * busy host vanished at once, which a second reading must confirm. `outdated`: a newer reading is remembered already.
 * `host-gone`: Azure has said twice that there is no such host. `no-longer-watched`: the settings leave it out.
 */
export type Verdict = 'good' | 'failed' | 'doubtful' | 'outdated' | 'host-gone' | 'no-longer-watched';

export interface Snapshot {
  readonly verdict: Verdict;
  readonly memory: HostMemory;
  readonly sightings: readonly { readonly watch: Watch; readonly sighting: Sighting }[];
}

/** From this many sessions on, losing all of them in one reading is doubted. */
const busyFrom = 3;

export interface Observing {
  readonly newRef: () => string;
  /** Between two readings of a host. */
  readonly everyMs: number;
}

export function observe(memory: HostMemory, reading: Reading, { newRef, everyMs }: Observing): Snapshot {
  if (reading.counter <= memory.lastCounter) return silent('outdated', memory);
  const heard = { ...memory, lastCounter: reading.counter, triedAt: reading.begunAt };
  if (!reading.result.ok) {
    const failing = failingWith(memory, reading.result.failure, { now: reading.begunAt, everyMs });
    const isGone = isProvenTwice(failing.goneSince, reading.begunAt, everyMs);
    return silent(isGone ? 'host-gone' : 'failed', { ...heard, failing });
  }

  const seen = withoutRepeats(reading.result.sessions);
  const matches = matched(memory.watches, seen);
  const pairs = memory.watches.map((watch) => ({ watch, match: matches.get(watch) }));
  const { failing: _answered, missedAt: _found, emptiedAt, ...rest } = heard;
  const lostAll = memory.watches.length >= busyFrom && pairs.every(({ match }) => match === undefined);
  if (lostAll && emptiedAt === undefined) {
    return silent('doubtful', { ...rest, emptiedAt: reading.begunAt });
  }

  const kept = pairs.flatMap(({ watch, match }) =>
    match ? [withSession(watch, seenAgain(watch.session, match))] : [],
  );
  const known = new Set(matches.values());
  const opened = withFoundAgain(
    memory.lost,
    seen.filter((session) => !known.has(session)),
    newRef,
  );
  const watches = [...kept, ...opened];
  const gone = pairs.flatMap(({ watch, match }) => (match ? [] : [watch]));
  return {
    verdict: 'good',
    memory: { ...rest, readAt: reading.begunAt, watches, lost: [] },
    sightings: [
      ...watches.map((watch) => ({ watch, sighting: 'open' as const })),
      ...gone.map((watch) => ({ watch, sighting: 'gone' as const })),
    ],
  };
}

/** The sightings of a moment without a reading of its own: what the last good one showed, or nothing known. */
export function recall(memory: HostMemory): Snapshot {
  const sighting = memory.failing || memory.emptiedAt !== undefined ? 'unknown' : 'open';
  return {
    verdict: sighting === 'open' ? 'good' : 'failed',
    memory,
    sightings: memory.watches.map((watch) => ({ watch, sighting })),
  };
}

/** The same for sessions whose alert is kept no longer. */
export function withoutAlerts(snapshot: Snapshot, gone: ReadonlySet<string>): Snapshot {
  if (gone.size === 0) return snapshot;
  const { memory, sightings, verdict } = snapshot;
  const { alertsToEnd, ...rest } = memory;
  const isOwed = ({ alertId }: Watch) => alertId === undefined || !gone.has(alertId);
  const cleared = (watch: Watch): Watch => {
    const { alertId: _gone, ...unalerted } = watch;
    return isOwed(watch) ? watch : unalerted;
  };
  return {
    verdict,
    memory: {
      ...rest,
      watches: memory.watches.map(cleared),
      ...(alertsToEnd && { alertsToEnd: alertsToEnd.filter(isOwed) }),
    },
    sightings: sightings.map(({ watch, sighting }) => ({ watch: cleared(watch), sighting })),
  };
}

/** What follows once a host is followed no more, whatever a reading of it would say. */
export function giveUp(memory: HostMemory, why: 'host-gone' | 'no-longer-watched'): Snapshot {
  return silent(why, memory);
}

/** Whether a search that covers the host's subscription without finding it proves that it is gone. */
export function isMissedTwice({ missedAt }: HostMemory, now: number, everyMs: number): boolean {
  return isProvenTwice(missedAt, now, everyMs);
}

function silent(verdict: Verdict, memory: HostMemory): Snapshot {
  return { verdict, memory, sightings: memory.watches.map((watch) => ({ watch, sighting: 'unknown' })) };
}

function failingWith({ failing: before, triedAt }: HostMemory, failure: AzureFailure, trial: Trial): Failing {
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

function withSession(watch: Watch, session: Session): Watch {
  return session === watch.session ? watch : { ...watch, session };
}

/** Watches of sessions that were not followed a moment ago: each that was given up is itself again, once. */
function withFoundAgain(
  lost: readonly Watch[],
  opened: readonly Session[],
  newRef: () => string,
): readonly Watch[] {
  const bearing = grouped(lost, ({ session }) => keyOf(session));
  const taken = new Set<Watch>();
  return opened.map((session) => {
    const found = bearing
      .get(keyOf(session))
      ?.find((watch) => !taken.has(watch) && isSameSession(watch.session, session));
    if (!found) return { ref: newRef(), session };
    taken.add(found);
    const { lostAt: _found, ...watch } = found;
    return { ...watch, session: seenAgain(watch.session, session) };
  });
}
