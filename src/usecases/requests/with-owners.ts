import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/request.ts';
import type { Ports } from '../../ports/ports.ts';
import { findOwner } from '../people/find-owner.ts';

export interface Owned {
  readonly requests: readonly DisconnectRequest[];
  /** The ids of those whose owner Slack cannot name now either. */
  readonly unknown: ReadonlySet<string>;
}

/** Slack may have been unable to name an owner when somebody asked. */
export async function withOwners(
  ports: Pick<Ports, 'people' | 'policy'>,
  requests: readonly DisconnectRequest[],
): Promise<Owned> {
  const unknown = new Set<string>();
  const owned = await Promise.all(
    requests.map(async (request) => {
      if (request.owner !== undefined || !isPending(request)) return request;
      const told = await findOwner(ports, request.session);
      if (!told.ok) unknown.add(request.id);
      return told.ok && told.value !== undefined ? { ...request, owner: told.value } : request;
    }),
  );
  return { requests: owned, unknown };
}
