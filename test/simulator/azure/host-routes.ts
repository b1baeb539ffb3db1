import { setTimeout } from 'node:timers/promises';
import { disconnectSessions } from './disconnect.ts';
import type { SimulatedHost } from './host.ts';
import { hostJson } from './host-json.ts';
import type { Reply } from './reply.ts';
import { armError, ok } from './reply.ts';
import type { Parts, Route } from './route.ts';
import { subscription } from './route.ts';
import { sessionsBody } from './sessions.ts';
import type { World } from './world.ts';

const host = `${subscription}/resourceGroups/(?<group>[^/]+)/providers/Microsoft\\.Network/bastionHosts/(?<name>[^/]+)`;

export const hostRoutes: readonly Route[] = [
  {
    kind: 'host',
    method: 'GET',
    pattern: new RegExp(`${host}$`, 'i'),
    answer: async (world, parts) => onHost(world, parts, 'host', 'read', (found) => ok(hostJson(found))),
  },
  {
    kind: 'sessions',
    method: 'POST',
    pattern: new RegExp(`${host}/getActiveSessions$`, 'i'),
    answer: async (world, parts) =>
      onHost(world, parts, 'sessions', 'getActiveSessions/action', (found) => {
        const style = found.behaviour.style();
        const result = () => sessionsBody(found, style, world.ownUrl(), world.clock());
        return world.operations.start(found, style, result);
      }),
  },
  {
    kind: 'page',
    method: 'GET',
    pattern: new RegExp(`${host}/getActiveSessions/from/(?<from>\\d+)$`, 'i'),
    answer: async (world, parts) =>
      onHost(world, parts, 'page', 'getActiveSessions/action', (found) => {
        const style = found.behaviour.style();
        return ok(sessionsBody(found, style, world.ownUrl(), world.clock(), Number(parts['from'])));
      }),
  },
  {
    kind: 'disconnect',
    method: 'POST',
    pattern: new RegExp(`${host}/disconnectActiveSessions$`, 'i'),
    answer: async (world, parts, body) =>
      onHost(world, parts, 'disconnect', 'disconnectActiveSessions/action', (found) => {
        const ids = sessionIdsIn(body);
        if (!ids || ids.length > mostIds) return armError({ status: 400, code: 'InvalidRequestFormat' });
        const usual = found.behaviour.style();
        const style = { ...usual, answer: usual.disconnectAnswer, body: usual.disconnectBody };
        const states = disconnectSessions(found, ids, style);
        if (style.disconnect === 'error-after') return armError({ status: 500, code: 'InternalServerError' });
        return style.disconnect === 'hang-after'
          ? 'hang'
          : world.operations.start(found, style, () => states);
      }),
  },
  {
    kind: 'poll',
    method: 'GET',
    pattern: new RegExp(
      `${subscription}/providers/Microsoft\\.Network/locations/[^/]+/(?<kind>operations|operationResults)/(?<id>[^/]+)$`,
      'i',
    ),
    async answer({ operations, rights }, { id = '', kind: given = '', sub }) {
      const kind = given.toLowerCase() === 'operations' ? 'operations' : 'operationResults';
      const refusal = rights.refusal(`Microsoft.Network/locations/${kind}/read`, `/subscriptions/${sub}`);
      const running = operations.find(id);
      await pause(running?.style.latencyMs);
      return refusal ?? running?.host.behaviour.faultFor('poll') ?? operations.poll(id, kind);
    },
  },
];

async function onHost(
  world: World,
  { group = '', name = '', sub = '' }: Parts,
  kind: string,
  operation: string,
  answer: (host: SimulatedHost) => Reply,
): Promise<Reply> {
  const id = `/subscriptions/${sub}/resourceGroups/${group}/providers/Microsoft.Network/bastionHosts/${name}`;
  const refusal = world.rights.refusal(`Microsoft.Network/bastionHosts/${operation}`, id);
  if (refusal) return refusal;
  if (!world.hosts.hasGroup(sub, group)) return armError({ status: 404, code: 'ResourceGroupNotFound' });
  const found = world.hosts.find(id);
  if (!found) {
    const message = `The Resource 'Microsoft.Network/bastionHosts/${name}' under resource group '${group}' was not found.`;
    return armError({ status: 404, code: 'ResourceNotFound', message });
  }
  await pause(found.behaviour.style().latencyMs);
  return found.behaviour.faultFor(kind) ?? answer(found);
}

/** Azure names no limit; more than a caller should rely on is refused here. */
const mostIds = 20;

/** Only the form of the schema is taken, as every SDK sends it. */
function sessionIdsIn(body: unknown): readonly string[] | undefined {
  const ids: unknown =
    typeof body === 'object' && body !== null && 'sessionIds' in body ? body.sessionIds : undefined;
  const areStrings = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  return areStrings ? ids : undefined;
}

async function pause(ms = 0): Promise<void> {
  if (ms > 0) await setTimeout(ms);
}
