import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Arm } from '../arm/arm.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import type { JsonObject } from '../arm/json.ts';
import { isObject, shapeOf, textOf } from '../arm/json.ts';
import { limits } from '../arm/limits.ts';
import { foundHost } from './found-host.ts';

/** Paging takes a stable order and the id. */
const hostsQuery = `resources
| where type =~ 'microsoft.network/bastionhosts'
| project id, location, provisioningState = tostring(properties.provisioningState), sku = tostring(sku.name)
| order by id asc`;

const subscriptionsQuery = `resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project id, subscriptionId
| order by id asc`;

/** Leaves out without a word what the identity cannot read: https://learn.microsoft.com/azure/governance/resource-graph/overview */
export async function queryHosts(
  arm: Arm,
  resourceManagerUrl: string,
  signal: AbortSignal,
): Promise<readonly BastionHost[]> {
  return (await rowsOf(hostsQuery, { arm, resourceManagerUrl, signal })).map(foundHost);
}

/** In lower case. */
export async function querySubscriptions(
  arm: Arm,
  resourceManagerUrl: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await rowsOf(subscriptionsQuery, { arm, resourceManagerUrl, signal });
  return rows.flatMap((row) => textOf(row['subscriptionId'])?.toLowerCase() ?? []);
}

async function rowsOf(
  query: string,
  {
    arm,
    resourceManagerUrl,
    signal,
  }: { readonly arm: Arm; readonly resourceManagerUrl: string; readonly signal: AbortSignal },
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  const url = `${resourceManagerUrl}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`;
  let skipToken: string | undefined;
  let pages = 0;
  do {
    if (++pages > limits.pages) throw notUnderstood(`more than ${limits.pages} pages`);
    const options = { resultFormat: 'objectArray', $top: 1000, ...(skipToken && { $skipToken: skipToken }) };
    const asked = { method: 'POST', url, action: 'Microsoft.ResourceGraph/resources/read' } as const;
    const { body, trace } = await arm({ ...asked, body: { query, options } }, signal);
    const rows: unknown = isObject(body) ? body['data'] : undefined;
    if (!isObject(body) || !Array.isArray(rows) || !rows.every(isObject)) {
      throw notUnderstood(`${shapeOf(body)} without a list`, trace);
    }
    const next = textOf(body['$skipToken']);
    if (next !== undefined && next === skipToken) throw notUnderstood('pages that go round', trace);
    found.push(...rows);
    skipToken = next;
  } while (skipToken !== undefined);
  return found;
}
