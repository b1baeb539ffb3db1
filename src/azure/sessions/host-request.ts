import type { BastionHost } from '../../domain/hosts/host.ts';
import type { ArmRequest } from '../arm/arm.ts';

/** That of `@azure/arm-network` 36; both session operations are the same in every version. */
export const networkApiVersion = '2025-05-01';

export function hostRequest(
  resourceManagerUrl: string,
  { name, resourceGroup, subscriptionId }: BastionHost,
  operation: 'getActiveSessions' | 'disconnectActiveSessions',
): ArmRequest {
  const [subscription, group, host] = [subscriptionId, resourceGroup, name].map(encodeURIComponent);
  const path = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/bastionHosts/${host}`;
  return {
    method: 'POST',
    url: `${resourceManagerUrl}${path}/${operation}?api-version=${networkApiVersion}`,
    action: `Microsoft.Network/bastionHosts/${operation}/action`,
    ofHost: true,
  };
}
