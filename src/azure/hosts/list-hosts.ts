import type { NetworkManagementClient } from '@azure/arm-network';
import { isRestError } from '@azure/core-rest-pipeline';
import type { BastionHost } from '../../domain/hosts/host.ts';
import { errorOfRest, traceOf } from '../arm/arm-error.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import { isObject, parseJson, shapeOf, textOf } from '../arm/json.ts';
import { limits } from '../arm/limits.ts';
import { foundHost } from './found-host.ts';

export async function listHosts(
  client: NetworkManagementClient,
  clock: () => number,
  abortSignal: AbortSignal,
): Promise<readonly BastionHost[]> {
  const hosts: BastionHost[] = [];
  let pages = 0;
  try {
    const found = client.bastionHosts.list({
      abortSignal,
      // The SDK takes a page that it does not understand for empty.
      onResponse: (raw) => {
        const body = parseJson(raw.bodyAsText);
        if (raw.status === 200 && !(isObject(body) && Array.isArray(body['value']))) {
          throw notUnderstood(`${shapeOf(body)} without a list of hosts`, traceOf(raw));
        }
        if (++pages === limits.pages && isObject(body) && textOf(body['nextLink'])) {
          throw notUnderstood(`more than ${limits.pages} pages of hosts`, traceOf(raw));
        }
      },
    });
    for await (const host of found) hosts.push(foundHost(host));
  } catch (error) {
    const asked = { action: 'Microsoft.Network/bastionHosts/read' };
    throw isRestError(error) ? errorOfRest(error, asked, clock()) : error;
  }
  return hosts;
}
