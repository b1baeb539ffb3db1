import { grouped } from '../kit/grouped.ts';
import type { TrackedSession } from './host-state.ts';
import type { Session } from './session.ts';
import { canBeEnded, isSameSession, machineOf } from './session.ts';

/** The same for all that may be the same session, so that a host with a thousand needs no million comparisons. */
export function keyOf(session: Session): string {
  return canBeEnded(session) ? session.sessionId : `${machineOf(session)} ${session.vmLogin}`;
}

/** Those of which nothing is seen are left out. Where starts are known to minutes only, several fit: each is one of them. */
export function matched(
  trackedSessions: readonly TrackedSession[],
  seen: readonly Session[],
): ReadonlyMap<TrackedSession, Session> {
  const bearing = grouped(seen, keyOf);
  const matches = new Map<TrackedSession, Session>();
  for (const [key, rivals] of grouped(trackedSessions, ({ session }) => keyOf(session))) {
    const sessions = bearing.get(key) ?? [];
    for (const [tracked, session] of pairsInOrder(rivals, sessions)) matches.set(tracked, session);
  }
  return matches;
}

function pairsInOrder(
  trackedSessions: readonly TrackedSession[],
  sessions: readonly Session[],
): readonly (readonly [TrackedSession, Session])[] {
  const rivals = trackedSessions.toSorted((one, other) => one.session.startedAt - other.session.startedAt);
  const shown = sessions.toSorted((one, other) => one.startedAt - other.startedAt);
  const pairs: (readonly [TrackedSession, Session])[] = [];
  let [at, next] = [0, 0];
  for (;;) {
    const [tracked, session] = [rivals[at], shown[next]];
    if (!tracked || !session) return pairs;
    const isSame = isSameSession(tracked.session, session);
    if (isSame) pairs.push([tracked, session]);
    if (isSame || tracked.session.startedAt <= session.startedAt) at += 1;
    if (isSame || tracked.session.startedAt > session.startedAt) next += 1;
  }
}

/** What Azure lists once more. Of sessions without an id only what is the same in every word: two may be alike. */
export function withoutRepeats(sessions: readonly Session[]): readonly Session[] {
  const bearing = grouped(sessions, keyOf);
  return sessions.filter((one) => bearing.get(keyOf(one))?.find((other) => isRepeat(one, other)) === one);
}

function isRepeat(one: Session, other: Session): boolean {
  if (canBeEnded(one)) return isSameSession(one, other);
  return one.startedAt === other.startedAt && one.startedAtFrom === other.startedAtFrom;
}
