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
 * is of one watch: where starts are known to minutes only, several fit.
 */
export function matched(watches: readonly Watch[], seen: readonly Session[]): ReadonlyMap<Watch, Session> {
  const bearing = grouped(seen, keyOf);
  const matches = new Map<Watch, Session>();
  for (const [key, rivals] of grouped(watches, ({ session }) => keyOf(session))) {
    const sessions = bearing.get(key) ?? [];
    for (const [watch, session] of pairsInOrder(rivals, sessions)) matches.set(watch, session);
  }
  return matches;
}

/** Both in the order of their starts, which leaves out none that could have been of another. */
function pairsInOrder(
  watches: readonly Watch[],
  sessions: readonly Session[],
): readonly (readonly [Watch, Session])[] {
  const rivals = watches.toSorted((one, other) => one.session.startedAt - other.session.startedAt);
  const shown = sessions.toSorted((one, other) => one.startedAt - other.startedAt);
  const pairs: (readonly [Watch, Session])[] = [];
  let [at, next] = [0, 0];
  for (;;) {
    const [watch, session] = [rivals[at], shown[next]];
    if (!watch || !session) return pairs;
    const isSame = isSameSession(watch.session, session);
    if (isSame) pairs.push([watch, session]);
    if (isSame || watch.session.startedAt <= session.startedAt) at += 1;
    if (isSame || watch.session.startedAt > session.startedAt) next += 1;
  }
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
