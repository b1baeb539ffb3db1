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
 * Answers the two kinds of query that ask for Bastion hosts and for subscriptions, with the columns they project.
 * https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
 */
export function queryGraph(world: World, body: unknown): Reply {
  const { options = {}, query, subscriptions } = (body ?? {}) as GraphRequest;
  const text = typeof query === 'string' ? query.toLowerCase() : '';
  const projected = typeof query === 'string' ? /\|\s*project\s+([^|]+)/.exec(query)?.[1] : undefined;
  const rows = text.includes('microsoft.network/bastionhosts')
    ? hostRows(world, subscriptions)
    : text.includes('microsoft.resources/subscriptions')
      ? subscriptionRows(world)
      : undefined;
  if (!rows || !projected || options.resultFormat !== 'objectArray') {
    return armError({ status: 400, code: 'InvalidQuery' });
  }
  const columns = projected.split(/,(?![^(]*\))/).map((column) => column.split('=')[0]?.trim() ?? '');
  const from = Number(options.$skipToken ?? 0);
  const until = from + Math.min(world.hostsPerPage, options.$top ?? 1000);
  const data = rows
    .slice(from, until)
    .map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
  return ok({
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: 'false',
    ...(until < rows.length && { $skipToken: String(until) }),
  });
}

type Row = Readonly<Record<string, unknown>>;

function hostRows({ hosts, rights }: World, asked: readonly string[] | undefined): readonly Row[] {
  return hosts
    .all()
    .filter(({ id, subscriptionId }) => {
      const isAsked = !asked || asked.includes(subscriptionId);
      return isAsked && !rights.refusal('Microsoft.Network/bastionHosts/read', id);
    })
    .map(rowOf);
}

/** What the identity may not read is left out without a word. */
function subscriptionRows({ hosts, rights }: World): readonly Row[] {
  return hosts
    .subscriptions()
    .map((subscriptionId) => ({ subscriptionId, id: `/subscriptions/${subscriptionId}` }))
    .filter(({ id }) => !rights.refusal('Microsoft.Resources/subscriptions/read', id));
}

function rowOf(host: SimulatedHost): Row {
  const { id, location, name, provisioningState, resourceGroup, sku, subscriptionId } = host;
  return { id, name, location, resourceGroup, subscriptionId, provisioningState, sku };
}
