import type { DisconnectRequest } from '../domain/disconnect.ts';
import type { Ports } from '../ports/ports.ts';
import { findOwner } from './find-owner.ts';

/** Slack may have been unable to name the owner when somebody asked. */
export async function withOwner(
  ports: Pick<Ports, 'people' | 'policy'>,
  request: DisconnectRequest,
): Promise<DisconnectRequest> {
  if (request.owner !== undefined || request.state.is !== 'pending') return request;
  const owner = await findOwner(ports, request.session);
  return owner === undefined ? request : { ...request, owner };
}
