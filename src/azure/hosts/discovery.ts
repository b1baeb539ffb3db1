import type { NetworkManagementClient } from '@azure/arm-network';
import type { BastionHost, Discovery } from '../../domain/hosts/host.ts';
import type { Log } from '../../ports/log.ts';
import type { Arm } from '../arm/arm.ts';
import { outcomeOf } from '../arm/outcome.ts';
import { listHosts } from './list-hosts.ts';
import { queryHosts } from './resource-graph.ts';

export interface DiscoveryOptions {
  readonly arm: Arm;
  readonly clock: () => number;
  /** One for each subscription to look into; none: look into all that can be read. */
  readonly clients: readonly NetworkManagementClient[];
  readonly deadlineMs: number;
  readonly log: Log;
  readonly resourceManagerUrl: string;
}

/** A place that could not be searched is a problem of its own and spoils nothing else. */
export async function discoverHosts(options: DiscoveryOptions): Promise<Discovery> {
  const { arm, clients, clock, deadlineMs, log, resourceManagerUrl } = options;
  const searches: readonly Search[] =
    clients.length === 0
      ? [{ scope: 'all subscriptions', find: async (signal) => queryHosts(arm, resourceManagerUrl, signal) }]
      : clients.map((client) => ({
          scope: client.subscriptionId ?? '',
          find: async (signal) => listHosts(client, clock, signal),
        }));
  const found = await Promise.all(
    searches.map(async ({ find, scope }) => ({
      scope,
      outcome: await outcomeOf({ log, doing: 'discover hosts', scope }, deadlineMs, find),
    })),
  );
  return {
    hosts: found.flatMap(({ outcome }) => (outcome.ok ? outcome.value : [])),
    problems: found.flatMap(({ outcome, scope }) =>
      outcome.ok ? [] : [{ scope, failure: outcome.failure }],
    ),
  };
}

interface Search {
  readonly scope: string;
  readonly find: (signal: AbortSignal) => Promise<readonly BastionHost[]>;
}
