import type { BastionHost } from '../../domain/hosts/host.ts';
import type { ArmRequest } from '../arm/arm.ts';

/** As `@azure/arm-network` 36; both session operations are the same in every version. */
export const networkApiVersion = '2025-05-01';

export function hostRequest(
  resourceManagerUrl: string,
  host: BastionHost,
  operation: 'getActiveSessions' | 'disconnectActiveSessions',
): ArmRequest {
  return {
    method: 'POST',
    url: `${resourceManagerUrl}${pathOf(host)}/${operation}?api-version=${networkApiVersion}`,
    action: `Microsoft.Network/bastionHosts/${operation}/action`,
    ofSessions: operation === 'getActiveSessions',
  };
}

export function hostItselfRequest(resourceManagerUrl: string, host: BastionHost): ArmRequest {
  return {
    method: 'GET',
    url: `${resourceManagerUrl}${pathOf(host)}?api-version=${networkApiVersion}`,
    action: 'Microsoft.Network/bastionHosts/read',
  };
}

function pathOf({ name, resourceGroup, subscriptionId }: BastionHost): string {
  const [subscription, group, host] = [subscriptionId, resourceGroup, name].map(encodeURIComponent);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/bastionHosts/${host}`;
}
