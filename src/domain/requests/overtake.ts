import type { HostMemory, Watch } from '../sessions/host-state.ts';
import { isSameSession } from '../sessions/session.ts';
import type { DisconnectRequest, OvertakenReason } from './request.ts';
import { isPending } from './phases.ts';
import { sessionsOf } from './tunnel.ts';

/**
 * The request that nobody has decided, once its session is over or lost sight of; undefined while it may be open, or
 * nobody knows. Only a good reading begun after somebody asked says that it is over. `memory`: its host as it is
 * remembered; none means that it is not followed any more.
 */
export function overtake(
  request: DisconnectRequest,
  memory: HostMemory | undefined,
  now: number,
): DisconnectRequest | undefined {
  if (!isPending(request)) return undefined;
  const why = memory ? whatBecame(request, memory) : ({ is: 'host-forgotten' } as const);
  return why && { ...request, state: { is: 'overtaken', at: now, why } };
}

function whatBecame(
  request: DisconnectRequest,
  { emptiedAt, failing, lost, readAt, watches }: HostMemory,
): OvertakenReason | undefined {
  const { askedAt } = request;
  const asked = sessionsOf(request);
  const isAsked = (watch: Watch) =>
    asked.some(({ ref, session }) => watch.ref === ref || isSameSession(watch.session, session));
  if (watches.some(isAsked)) return undefined;
  if (lost.some((watch) => asked.some(({ ref }) => ref === watch.ref))) return { is: 'lost' };
  const isProof = failing === undefined && emptiedAt === undefined;
  return isProof && readAt !== undefined && readAt > askedAt
    ? { is: 'ended-by-itself', checkedAt: readAt }
    : undefined;
}
