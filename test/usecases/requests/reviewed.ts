import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { ReviewVerb } from '../../../src/domain/requests/second.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aRequest, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

export const { id } = aRequest();

/** One request that somebody has asked for. */
export async function world(
  overrides: Partial<MemoryPorts> = {},
  asked: Partial<DisconnectRequest> = {},
): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const request = aRequest(asked);
  await ports.requests.open(request, auditOfRequest(request, noon));
  return ports;
}

export const click = async (ports: Ports, verb: ReviewVerb, by: string) =>
  reviewDisconnect(ports, { id, verb, by: { id: by } });

export const audited = ({ trail }: MemoryPorts) => trail.map(({ what, by, why }) => [what, by, why]);
