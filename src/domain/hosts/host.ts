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
}

/** A place that discovery could not search: its hosts stay as they were last known. */
export interface DiscoveryProblem {
  /** A subscription id, or `all subscriptions` for the one Resource Graph query. */
  readonly scope: string;
  readonly failure: AzureFailure;
}

export interface Discovery {
  readonly hosts: readonly BastionHost[];
  readonly problems: readonly DiscoveryProblem[];
}

/** What the last discovery could not see, and when it was. */
export interface LastDiscovery {
  readonly at: number;
  readonly problems: readonly DiscoveryProblem[];
}

export function hostIdOf(resourceId: string): HostId {
  return resourceId.toLowerCase();
}
