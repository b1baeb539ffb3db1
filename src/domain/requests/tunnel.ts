import { likeness } from '../sessions/alike.ts';
import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import { canBeEnded } from '../sessions/session.ts';
import type { DisconnectRequest, Member } from './request.ts';

/** A request for more takes minutes, and its card is read by people. */
export const largestTunnel = 200;
/** A call that names more may be refused, or run into its deadline. */
export const idsInACall = 20;

/** Every session that is to be ended, the one that stands for them first. */
export function sessionsOf({
  ref,
  session,
  others = [],
}: Pick<DisconnectRequest, 'ref' | 'session' | 'others'>): readonly [Member, ...Member[]] {
  return [{ ref, session }, ...others];
}

export function sessionCount({ others = [] }: Pick<DisconnectRequest, 'others'>): number {
  return 1 + others.length;
}

export function sessionsIn(requests: readonly Pick<DisconnectRequest, 'others'>[]): number {
  return requests.reduce((sum, request) => sum + sessionCount(request), 0);
}

/** The other sessions of the tunnel that this one is of, as many as can be asked for with it. */
export function othersOfTunnel(
  hostState: Pick<HostState, 'trackedSessions'>,
  tracked: TrackedSession,
): readonly Member[] {
  return restOfTunnel(hostState, tracked)
    .slice(0, largestTunnel - 1)
    .map(({ ref, session }) => ({ ref, session }));
}

export function restOfTunnel(
  { trackedSessions }: Pick<HostState, 'trackedSessions'>,
  { ref, session }: TrackedSession,
): readonly TrackedSession[] {
  const key = likeness(session);
  if (key === undefined) return [];
  return trackedSessions.filter(
    (one) => one.ref !== ref && canBeEnded(one.session) && likeness(one.session) === key,
  );
}
