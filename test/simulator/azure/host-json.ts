import type { SimulatedHost } from './host.ts';

export function hostJson({ id, location, name, provisioningState, sku }: SimulatedHost): unknown {
  return {
    id,
    name,
    type: 'Microsoft.Network/bastionHosts',
    location,
    sku: { name: sku },
    properties: { provisioningState, scaleUnits: 2, enableTunneling: true },
  };
}
