import type { NetworkManagementClient } from '@azure/arm-network';
import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { BastionHost, Discovery } from '../../domain/hosts/host.ts';
import type { Log } from '../../ports/log.ts';
import type { Arm } from '../arm/arm.ts';
import { outcomeOf } from '../arm/outcome.ts';
import { listHosts } from './list-hosts.ts';
import { queryHosts, querySubscriptions } from './resource-graph.ts';

export interface DiscoveryOptions {
  readonly arm: Arm;
  readonly clock: () => number;
  /** One a subscription; none: search all that the identity reads. */
  readonly clients: readonly NetworkManagementClient[];
  readonly deadlineMs: number;
  readonly log: Log;
  readonly resourceManagerUrl: string;
  /** By scope; kept from search to search. */
  readonly failures: Map<string, AzureFailure>;
}

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
  options: DiscoveryOptions,
  client: NetworkManagementClient,
): Promise<Found> {
  const { clock, deadlineMs, log } = options;
  const scope = client.subscriptionId ?? '';
  return unlessHeld(scope, options, async () => {
    const outcome = await outcomeOf({ log, doing: 'discover hosts', scope }, deadlineMs, async (signal) =>
      listHosts(client, clock, signal),
    );
    return foundIn(scope, outcome, [subscriptionOf(client)]);
  });
}

async function unlessHeld(
  scope: string,
  { clock, failures }: DiscoveryOptions,
  search: () => Promise<Found>,
): Promise<Found> {
  const before = failures.get(scope);
  if (before && (before.retryAt ?? 0) > clock()) return failedIn(scope, before);
  const found = await search();
  const [problem] = found.problems;
  if (problem) failures.set(scope, problem.failure);
  else failures.delete(scope);
  return found;
}

/** Resource Graph leaves out what the identity may not read: what it covered is another question. */
async function searchAll(options: DiscoveryOptions): Promise<Found> {
  const scope = 'all subscriptions';
  return unlessHeld(scope, options, async () => searchByGraph(scope, options));
}

async function searchByGraph(
  scope: string,
  { arm, deadlineMs, log, resourceManagerUrl }: DiscoveryOptions,
): Promise<Found> {
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
  return outcome.ok ? { hosts: outcome.value, problems: [], covered } : failedIn(scope, outcome.failure);
}

function failedIn(scope: string, failure: AzureFailure): Found {
  return { hosts: [], problems: [{ scope, failure }], covered: [] };
}

function subscriptionOf({ subscriptionId = '' }: NetworkManagementClient): string {
  return subscriptionId.toLowerCase();
}
