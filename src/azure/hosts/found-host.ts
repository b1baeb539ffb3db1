import type { BastionHost } from '../../domain/hosts/host.ts';
import { hostIdOf, partsOfHostId } from '../../domain/hosts/host.ts';
import { notUnderstood } from '../arm/azure-error.ts';
import { isObject, textOf } from '../arm/json.ts';

export function foundHost(row: unknown): BastionHost {
  const { id, location, provisioningState, sku } = isObject(row) ? row : {};
  const resourceId = String(id);
  const parts = partsOfHostId(resourceId);
  if (!parts) throw notUnderstood('a host without a resource id');
  const skuName = textOf(isObject(sku) ? sku['name'] : sku);
  return {
    id: hostIdOf(resourceId),
    ...parts,
    location: typeof location === 'string' ? location : '',
    ...(typeof provisioningState === 'string' && { provisioningState }),
    ...(skuName !== undefined && { sku: skuName }),
  };
}
