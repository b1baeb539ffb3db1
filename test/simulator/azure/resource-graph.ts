import type { SimulatedHost } from './host.ts';
import type { Reply } from './reply.ts';
import { armError, ok } from './reply.ts';
import type { World } from './world.ts';

interface GraphRequest {
  readonly query?: unknown;
  readonly subscriptions?: readonly string[];
  readonly options?: { readonly resultFormat?: string; readonly $top?: number; readonly $skipToken?: string };
}

/**
 * Answers the one kind of query that asks for Bastion hosts, with the columns it projects.
 * https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
 */
export function queryGraph({ hosts, hostsPerPage, rights }: World, body: unknown): Reply {
  const { options = {}, query, subscriptions } = (body ?? {}) as GraphRequest;
  const projected = typeof query === 'string' ? /\|\s*project\s+([^|]+)/.exec(query)?.[1] : undefined;
  const asksForHosts =
    typeof query === 'string' && query.toLowerCase().includes('microsoft.network/bastionhosts');
  if (!asksForHosts || !projected || options.resultFormat !== 'objectArray') {
    return armError({ status: 400, code: 'InvalidQuery' });
  }
  const columns = projected.split(/,(?![^(]*\))/).map((column) => column.split('=')[0]?.trim() ?? '');
  const readable = hosts.all().filter(({ id, subscriptionId }) => {
    const isAsked = !subscriptions || subscriptions.includes(subscriptionId);
    return isAsked && !rights.refusal('Microsoft.Network/bastionHosts/read', id);
  });
  const from = Number(options.$skipToken ?? 0);
  const until = from + Math.min(hostsPerPage, options.$top ?? 1000);
  const data = readable.slice(from, until).map((host) => rowOf(host, columns));
  return ok({
    totalRecords: readable.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: 'false',
    ...(until < readable.length && { $skipToken: String(until) }),
  });
}

function rowOf(host: SimulatedHost, columns: readonly string[]): Record<string, unknown> {
  const { id, location, name, provisioningState, resourceGroup, subscriptionId } = host;
  const all: Record<string, unknown> = {
    id,
    name,
    location,
    resourceGroup,
    subscriptionId,
    provisioningState,
    state: provisioningState,
  };
  return Object.fromEntries(columns.map((column) => [column, all[column] ?? null]));
}
