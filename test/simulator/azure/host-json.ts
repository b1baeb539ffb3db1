import type { SimulatedHost } from './host.ts';

export function hostJson({ id, location, name, provisioningState }: SimulatedHost): unknown {
  return {
    id,
    name,
    type: 'Microsoft.Network/bastionHosts',
    location,
    sku: { name: 'Standard' },
    properties: { provisioningState, scaleUnits: 2, enableTunneling: true },
  };
}
