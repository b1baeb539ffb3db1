import type { Person } from '../../domain/people/person.ts';
import type { Principal } from '../../domain/policy/policy.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { othersOfTunnel } from '../../domain/requests/tunnel.ts';
import type { SessionOnHost } from '../../domain/sessions/host-state.ts';
import type { Ports } from '../../ports/ports.ts';
import { findOwner } from '../people/find-owner.ts';

export interface Wish {
  readonly by: Person;
  readonly via: Principal;
  readonly reason: string;
  readonly askedAt: number;
}

/** A request bound to the session as it is; ordered at once where the policy asks for no approval. */
export async function newRequest(
  ports: Pick<Ports, 'newId' | 'people' | 'policy'>,
  { hostState, tracked }: SessionOnHost,
  { by, via, reason, askedAt }: Wish,
): Promise<DisconnectRequest> {
  const { approval, expiresAfterMs } = ports.policy.disconnect;
  const [lookup, ids] = await Promise.all([
    findOwner(ports, tracked.session),
    ports.people.idsOf(by.id, 'deciding'),
  ]);
  const owner = lookup.ok ? lookup.value : undefined;
  const others = othersOfTunnel(hostState, tracked);
  return {
    id: ports.newId(),
    version: 0,
    ref: tracked.ref,
    session: tracked.session,
    ...(others.length > 0 && { others }),
    hostName: hostState.host.name,
    requester: by.id,
    ...(ids.ok && ids.value.length > 1 && { requesterIds: ids.value }),
    ...(owner !== undefined && { owner }),
    askedVia: via,
    reason,
    askedAt,
    expiresAt: askedAt + expiresAfterMs,
    state: approval === 'none' ? { is: 'approved', decidedAt: askedAt } : { is: 'pending' },
  };
}
