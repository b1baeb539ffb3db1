import { randomUUID } from 'node:crypto';
import { replyTo } from './behaviour.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { hostRoutes } from './host-routes.ts';
import { unauthorized } from './identity.ts';
import type { Incoming } from './listener.ts';
import { loggedRequest } from './logged-request.ts';
import type { Reply } from './reply.ts';
import { armError } from './reply.ts';
import type { LoggedRequest, WritableLog } from './request-log.ts';
import type { World } from './world.ts';

const routes = [...hostRoutes, ...discoveryRoutes];

/** What stands before every route: log, token, api-version, budget, JSON; then the route. */
export async function answerAsResourceManager(
  world: World,
  log: WritableLog,
  incoming: Incoming,
): Promise<Reply> {
  const { headers, method, path, query, text } = incoming;
  const [match] = routes.flatMap((route) => {
    const parts = route.method === method ? route.pattern.exec(path) : null;
    return parts ? [{ route, parts: parts.groups ?? {} }] : [];
  });
  const kind = match?.route.kind ?? 'other';
  const request = loggedRequest(incoming, { kind, at: world.clock(), correlationId: randomUUID() });
  const { body } = request;
  log.arrived(request);
  const reply = await answer();
  log.answered(request, typeof reply === 'string' ? 0 : reply.status);
  return typeof reply === 'string'
    ? reply
    : { ...reply, headers: { ...traceHeaders(request), ...reply.headers } };

  async function answer(): Promise<Reply> {
    const refusal = unauthorized(headers.authorization, world.audience, world.clock());
    if (refusal) return refusal;
    const version = query.get('api-version');
    if (!version) return armError({ status: 400, code: 'MissingApiVersionParameter' });
    if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(version)) {
      return armError({ status: 400, code: 'InvalidApiVersionParameter' });
    }
    if (!match) return armError({ status: 404, code: 'InvalidResourceType' });
    if (text !== '' && (body === undefined || !headers['content-type']?.includes('json'))) {
      return armError({ status: 400, code: 'InvalidRequestContent' });
    }
    const { parts, route } = match;
    const fault = route.kind === 'hosts' || route.kind === 'graph' ? world.discoveryFault() : undefined;
    if (fault) return replyTo(fault);
    return world.spend(parts['sub'] ?? '', method) ?? route.answer(world, parts, body, query);
  }
}

function traceHeaders({ correlationId, headers }: LoggedRequest): Record<string, string> {
  const clientRequestId = headers['x-ms-client-request-id'];
  return {
    'x-ms-correlation-request-id': correlationId,
    'x-ms-request-id': randomUUID(),
    ...(typeof clientRequestId === 'string' && { 'x-ms-client-request-id': clientRequestId }),
  };
}
