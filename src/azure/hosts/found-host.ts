import type { BastionHost } from '../../domain/hosts/host.ts';
import { hostIdOf } from '../../domain/hosts/host.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import { isObject, textOf } from '../arm/json.ts';

const pattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/bastionHosts\/([^/]+)$/i;

/** A host as the SDK or Resource Graph lists it. */
export function foundHost(row: unknown): BastionHost {
  const { id, location, provisioningState, sku } = isObject(row) ? row : {};
  const [resourceId, subscriptionId, resourceGroup, name] = pattern.exec(String(id)) ?? [];
  if (!resourceId || !subscriptionId || !resourceGroup || !name) {
    throw notUnderstood('a host without a resource id');
  }
  const skuName = textOf(isObject(sku) ? sku['name'] : sku);
  return {
    id: hostIdOf(resourceId),
    name,
    resourceGroup,
    subscriptionId,
    location: typeof location === 'string' ? location : '',
    ...(typeof provisioningState === 'string' && { provisioningState }),
    ...(skuName !== undefined && { sku: skuName }),
  };
}
