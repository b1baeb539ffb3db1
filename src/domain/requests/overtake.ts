import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import { isSameSession } from '../sessions/session.ts';
import type { DisconnectRequest } from './request.ts';
import type { OvertakenReason } from './withheld.ts';
import { isPending } from './phases.ts';
import { sessionsOf } from './tunnel.ts';

/** Only a good reading begun after somebody asked says that its session is over. No `hostState`: the host is not followed any more. */
export function overtake(
  request: DisconnectRequest,
  hostState: HostState | undefined,
  now: number,
): DisconnectRequest | undefined {
  if (!isPending(request)) return undefined;
  const why = hostState ? whatBecame(request, hostState) : ({ is: 'host-forgotten' } as const);
  return why && { ...request, state: { is: 'overtaken', at: now, why } };
}

function whatBecame(
  request: DisconnectRequest,
  { doubtfulSince, failing, lost, readAt, trackedSessions }: HostState,
): OvertakenReason | undefined {
  const { askedAt } = request;
  const asked = sessionsOf(request);
  const isAsked = (tracked: TrackedSession) =>
    asked.some(({ ref, session }) => tracked.ref === ref || isSameSession(tracked.session, session));
  if (trackedSessions.some(isAsked)) return undefined;
  if (lost.some((tracked) => asked.some(({ ref }) => ref === tracked.ref))) return { is: 'lost' };
  const isProof = failing === undefined && doubtfulSince === undefined;
  return isProof && readAt !== undefined && readAt > askedAt
    ? { is: 'ended-by-itself', checkedAt: readAt }
    : undefined;
}
