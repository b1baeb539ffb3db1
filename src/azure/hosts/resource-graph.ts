import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Arm } from '../arm/arm.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import { isObject, shapeOf, textOf } from '../arm/json.ts';
import { foundHost } from './found-host.ts';

/** A stable order and the id are what paging takes. */
const query = `resources
| where type =~ 'microsoft.network/bastionhosts'
| project id, location, provisioningState = tostring(properties.provisioningState)
| order by id asc`;

/**
 * Every host in every subscription that the identity can read; what it cannot read is left out without a word.
 * https://learn.microsoft.com/azure/governance/resource-graph/overview
 */
export async function queryHosts(
  arm: Arm,
  resourceManagerUrl: string,
  signal: AbortSignal,
): Promise<readonly BastionHost[]> {
  const hosts: BastionHost[] = [];
  const url = `${resourceManagerUrl}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`;
  let skipToken: string | undefined;
  do {
    const options = { resultFormat: 'objectArray', $top: 1000, ...(skipToken && { $skipToken: skipToken }) };
    const asked = { method: 'POST', url, action: 'Microsoft.ResourceGraph/resources/read' } as const;
    const { body, trace } = await arm({ ...asked, body: { query, options } }, signal);
    const rows: unknown = isObject(body) ? body['data'] : undefined;
    if (!isObject(body) || !Array.isArray(rows) || !rows.every(isObject)) {
      throw notUnderstood(`${shapeOf(body)} without a list of hosts`, trace);
    }
    const next = textOf(body['$skipToken']);
    if (next !== undefined && next === skipToken) throw notUnderstood('pages that go round', trace);
    hosts.push(...rows.map(foundHost));
    skipToken = next;
  } while (skipToken !== undefined);
  return hosts;
}
