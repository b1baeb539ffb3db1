import type { BastionHost } from '../hosts/host.ts';
import type { Cut } from '../kit/cut.ts';
import { cut } from '../kit/cut.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import { isBlankLogin, isSameLogin } from '../sessions/login.ts';
import type { LostReason } from '../sessions/lost.ts';
import { lostReason } from '../sessions/lost.ts';
import type { Session } from '../sessions/session.ts';
import { machineOf } from '../sessions/session.ts';
import type { Snapshot } from '../sessions/snapshot.ts';

export interface PastSession {
  readonly ref: string;
  readonly session: Session;
  readonly host: Pick<BastionHost, 'name' | 'resourceGroup'>;
  readonly seenAt: number;
  /** The reading that no longer showed it, or the moment at which it was given up. */
  readonly closedAt: number;
  readonly how: Ending;
}

export type Ending =
  | { readonly is: 'by-itself' }
  | { readonly is: 'by-bot'; readonly requestId: string; readonly requester: UserId }
  | { readonly is: 'lost'; readonly why: LostReason };

export function goneSessions({ sightings }: Snapshot): readonly TrackedSession[] {
  return sightings.flatMap(({ tracked, sighting }) => (sighting === 'gone' ? [tracked] : []));
}

/** The sessions whose tracking ends with this snapshot. `open`: the request that each of them has open, by `ref`. */
export function pastSessions(
  before: HostState,
  snapshot: Snapshot,
  { open, now }: { readonly open: ReadonlyMap<string, DisconnectRequest>; readonly now: number },
): readonly PastSession[] {
  const why = lostReason(snapshot);
  const closedAt = why === undefined ? (snapshot.hostState.readAt ?? now) : now;
  const { name, resourceGroup } = before.host;
  const ended = why === undefined ? goneSessions(snapshot) : snapshot.hostState.trackedSessions;
  return ended.map(({ ref, session }) => ({
    ref,
    session,
    host: { name, resourceGroup },
    seenAt: before.readAt ?? session.startedAt,
    closedAt,
    how: why === undefined ? endingBy(open.get(ref), session) : { is: 'lost', why },
  }));
}

function endingBy(request: DisconnectRequest | undefined, { sessionId }: Session): Ending {
  const isCalled = request?.state.is === 'sending' && request.state.uncalled?.includes(sessionId) !== true;
  return isCalled
    ? { is: 'by-bot', requestId: request.id, requester: request.requester }
    : { is: 'by-itself' };
}

/** Without what was given up and seen again: it is told by its later end, or is among those `open`. The latest first. */
export function withoutFoundAgain(
  past: readonly PastSession[],
  open: Iterable<string> = [],
): readonly PastSession[] {
  const told = new Set(open);
  return past.filter(({ ref, how }) => {
    const isToldLater = told.has(ref);
    told.add(ref);
    return how.is !== 'lost' || !isToldLater;
  });
}

const earlierShown = 5;

/** Those of the same login on the same machine, the latest first; of a blank login nobody knows whose they were. */
export function earlierOf(past: readonly PastSession[], session: Session): Cut<PastSession> {
  const isEarlier = (one: PastSession) =>
    one.session.startedAt < session.startedAt &&
    machineOf(one.session) === machineOf(session) &&
    isSameLogin(one.session.vmLogin, session.vmLogin);
  return cut(isBlankLogin(session.vmLogin) ? [] : past.filter(isEarlier), earlierShown);
}

/** As far as is known: to the reading that no longer showed it, or that last did. */
export function lastedMs({ session, how, seenAt, closedAt }: PastSession): number {
  return Math.max(0, (how.is === 'lost' ? seenAt : closedAt) - session.startedAt);
}
