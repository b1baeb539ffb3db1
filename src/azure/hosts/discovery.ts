import type { NetworkManagementClient } from '@azure/arm-network';
import type { BastionHost, Discovery } from '../../domain/hosts/host.ts';
import type { Log } from '../../ports/log.ts';
import type { Arm } from '../arm/arm.ts';
import { outcomeOf } from '../arm/outcome.ts';
import { listHosts } from './list-hosts.ts';
import { queryHosts, querySubscriptions } from './resource-graph.ts';

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
  const { clients } = options;
  const found = await Promise.all(
    clients.length === 0
      ? [searchAll(options)]
      : clients.map(async (client) => searchSubscription(options, client)),
  );
  return {
    hosts: found.flatMap(({ hosts }) => hosts),
    problems: found.flatMap(({ problems }) => problems),
    covered: found.flatMap(({ covered }) => covered),
    ...(clients.length > 0 && { only: clients.map(subscriptionOf) }),
  };
}

type Found = Pick<Discovery, 'hosts' | 'problems' | 'covered'>;

async function searchSubscription(
  { clock, deadlineMs, log }: DiscoveryOptions,
  client: NetworkManagementClient,
): Promise<Found> {
  const scope = client.subscriptionId ?? '';
  const outcome = await outcomeOf({ log, doing: 'discover hosts', scope }, deadlineMs, async (signal) =>
    listHosts(client, clock, signal),
  );
  return foundIn(scope, outcome, [subscriptionOf(client)]);
}

/** Resource Graph leaves out what the identity may not read, so what it covered is a question of its own. */
async function searchAll({ arm, deadlineMs, log, resourceManagerUrl }: DiscoveryOptions): Promise<Found> {
  const scope = 'all subscriptions';
  const [hosts, subscriptions] = await Promise.all([
    outcomeOf({ log, doing: 'discover hosts', scope }, deadlineMs, async (signal) =>
      queryHosts(arm, resourceManagerUrl, signal),
    ),
    outcomeOf({ log, doing: 'list subscriptions', scope }, deadlineMs, async (signal) =>
      querySubscriptions(arm, resourceManagerUrl, signal),
    ),
  ]);
  return foundIn(scope, hosts, subscriptions.ok ? subscriptions.value : []);
}

function foundIn(
  scope: string,
  outcome: Awaited<ReturnType<typeof outcomeOf<readonly BastionHost[]>>>,
  covered: readonly string[],
): Found {
  return outcome.ok
    ? { hosts: outcome.value, problems: [], covered }
    : { hosts: [], problems: [{ scope, failure: outcome.failure }], covered: [] };
}

function subscriptionOf({ subscriptionId = '' }: NetworkManagementClient): string {
  return subscriptionId.toLowerCase();
}
