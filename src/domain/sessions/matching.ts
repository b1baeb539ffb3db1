import { grouped } from '../kit/grouped.ts';
import type { Watch } from './host-state.ts';
import type { Session } from './session.ts';
import { isSameSession, machineOf } from './session.ts';

/** The same for all that may be the same session, so that a host with a thousand needs no million comparisons. */
export function keyOf(session: Session): string {
  return session.sessionId || `${machineOf(session)} ${session.vmLogin}`;
}

/**
 * Which of the sessions that a reading shows each watch is of; those of which nothing is seen are left out. One session
 * is of one watch: where starts are known to minutes only several fit, and the nearest is taken.
 */
export function matched(watches: readonly Watch[], seen: readonly Session[]): ReadonlyMap<Watch, Session> {
  const bearing = grouped(seen, keyOf);
  const matches = new Map<Watch, Session>();
  for (const [key, rivals] of grouped(watches, ({ session }) => keyOf(session))) {
    const sessions = bearing.get(key) ?? [];
    for (const [watch, session] of nearestPairs(rivals, sessions)) matches.set(watch, session);
  }
  return matches;
}

function nearestPairs(
  watches: readonly Watch[],
  sessions: readonly Session[],
): readonly (readonly [Watch, Session])[] {
  const pairs = watches
    .flatMap((watch) =>
      sessions
        .filter((session) => isSameSession(watch.session, session))
        .map((session) => ({ watch, session, apartMs: apartMs(watch.session, session) })),
    )
    .toSorted((one, other) => one.apartMs - other.apartMs);
  const taken = new Set<Watch | Session>();
  return pairs.flatMap(({ watch, session }) => {
    if (taken.has(watch) || taken.has(session)) return [];
    taken.add(watch).add(session);
    return [[watch, session] as const];
  });
}

function apartMs(first: Session, second: Session): number {
  return Math.abs(first.startedAt - second.startedAt);
}

/** What Azure lists once more. Of sessions without an id only what is the same in every word: two may be alike. */
export function withoutRepeats(sessions: readonly Session[]): readonly Session[] {
  const bearing = grouped(sessions, keyOf);
  return sessions.filter((one) => bearing.get(keyOf(one))?.find((other) => isRepeat(one, other)) === one);
}

function isRepeat(one: Session, other: Session): boolean {
  if (one.sessionId !== '') return isSameSession(one, other);
  return one.startedAt === other.startedAt && one.startedAtFrom === other.startedAtFrom;
}
