import type { DiscoveryFault } from './behaviour.ts';
import type { Spend } from './budgets.ts';
import type { HostOptions, SessionWatch, SimulatedHost } from './host.ts';
import { simulatedHost } from './host.ts';
import type { Operations } from './operations.ts';
import type { Answer } from './reply.ts';
import { armError } from './reply.ts';

/** What the routes work on. */
export interface World {
  readonly clock: () => number;
  /** Where this Resource Manager is reached. */
  readonly ownUrl: () => string;
  /** The audience that a token must have. */
  readonly audience: string;
  readonly discoveryFault: () => DiscoveryFault | undefined;
  readonly hosts: Hosts;
  readonly operations: Operations;
  readonly rights: Rights;
  readonly spend: Spend;
  /** How many hosts one page of a list holds. */
  readonly hostsPerPage: number;
}

export interface Hosts {
  add(options: HostOptions): SimulatedHost;
  remove(host: SimulatedHost): void;
  /** One that was removed is back, with its sessions. */
  restore(host: SimulatedHost): void;
  all(): readonly SimulatedHost[];
  /** Ids compare without case. */
  find(id: string): SimulatedHost | undefined;
  hasGroup(subscriptionId: string, resourceGroup: string): boolean;
  /** Every one that ever had a host. */
  subscriptions(): readonly string[];
}

export function hostsOf(clock: () => number, watch: SessionWatch): Hosts {
  const hosts = new Map<string, SimulatedHost>();
  /** A resource group outlives its hosts. */
  const groups = new Set<string>();
  const groupKey = (subscriptionId: string, group: string) => `${subscriptionId}/${group}`.toLowerCase();
  const restore = (host: SimulatedHost) => {
    hosts.set(host.id.toLowerCase(), host);
    groups.add(groupKey(host.subscriptionId, host.resourceGroup));
  };
  return {
    add(options) {
      const host = simulatedHost(options, clock, watch);
      restore(host);
      return host;
    },
    restore,
    remove: (host) => void hosts.delete(host.id.toLowerCase()),
    all: () => [...hosts.values()].sort((a, b) => a.id.localeCompare(b.id)),
    find: (id) => hosts.get(id.toLowerCase()),
    hasGroup: (subscriptionId, group) => groups.has(groupKey(subscriptionId, group)),
    subscriptions: () => [...new Set([...groups].map((group) => group.split('/')[0] ?? ''))].sort(),
  };
}

/** What the bot's identity may do: everything that was not denied. */
export interface Rights {
  /** `action` as in a role, without case; in one subscription, or in all. */
  deny(action: string, subscriptionId?: string): void;
  allow(action: string): void;
  refusal(action: string, scope: string): Answer | undefined;
}

export function rights(): Rights {
  const denied = new Map<string, string>();
  return {
    deny: (action, subscriptionId = '') => void denied.set(action.toLowerCase(), subscriptionId),
    allow: (action) => void denied.delete(action.toLowerCase()),
    refusal(action, scope) {
      const where = denied.get(action.toLowerCase());
      if (where === undefined || !scope.toLowerCase().includes(where.toLowerCase())) return undefined;
      const message = `The client 'c0ffee00-0000-4000-8000-000000000000' with object id 'c0ffee00-0000-4000-8000-000000000000' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
      return armError({ status: 403, code: 'AuthorizationFailed', message });
    },
  };
}
