import type { AzureFailure } from './azure-failure.ts';

/** The Resource Manager id of a Bastion host, in lower case: resource ids compare without case. */
export type HostId = string;

export interface BastionHost {
  readonly id: HostId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
  /** `Succeeded`, `Updating`, `Deleting`, …; sessions may drop while it is not `Succeeded`. */
  readonly provisioningState?: string;
  readonly sku?: string;
}

export interface DiscoveryProblem {
  /** A subscription id, or `all subscriptions` for the one Resource Graph query. */
  readonly scope: string;
  readonly failure: AzureFailure;
}

export interface Discovery {
  readonly hosts: readonly BastionHost[];
  readonly problems: readonly DiscoveryProblem[];
  /** The subscriptions that were searched to their end: what was not found there is missing. In lower case. */
  readonly covered: readonly string[];
  /** Those that the settings name, in lower case; undefined where they leave it to Azure. */
  readonly only?: readonly string[];
}

export function isWanted({ subscriptionId }: BastionHost, { only }: Discovery): boolean {
  return only === undefined || only.includes(subscriptionId.toLowerCase());
}

export function isCovered({ subscriptionId }: BastionHost, { covered }: Discovery): boolean {
  return covered.includes(subscriptionId.toLowerCase());
}

export interface LastDiscovery {
  readonly at: number;
  readonly problems: readonly DiscoveryProblem[];
}

export function troubleOf({ provisioningState }: BastionHost): string | undefined {
  return provisioningState?.toLowerCase() === 'succeeded' ? undefined : provisioningState;
}

export function hostIdOf(resourceId: string): HostId {
  return resourceId.toLowerCase();
}

export function partsOfHostId(
  resourceId: string,
): Pick<BastionHost, 'name' | 'resourceGroup' | 'subscriptionId'> | undefined {
  const [, , subscriptionId, , resourceGroup, , , , name] = resourceId.split('/');
  if (!subscriptionId || !resourceGroup || !name) return undefined;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const id = hostIdOf(`${group}/providers/Microsoft.Network/bastionHosts/${name}`);
  return id === hostIdOf(resourceId) ? { name, resourceGroup, subscriptionId } : undefined;
}

export function hostNamed(id: HostId): BastionHost {
  const parts = partsOfHostId(id) ?? { name: id, resourceGroup: '', subscriptionId: '' };
  return { id, ...parts, location: '' };
}
