import type { HostId } from '../hosts/host.ts';

/**
 * One connection through a Bastion host as the audit log tells it, its rows put together. Where rows say different
 * things all of them are here; what no row says is empty.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftazurebastionauditlogs
 */
export interface Connection {
  readonly hostId: HostId;
  readonly beganAt: number;
  readonly endedAt?: number;
  readonly tunnelIds: readonly string[];
  readonly machineIds: readonly string[];
  readonly machineAddresses: readonly string[];
  readonly protocols: readonly string[];
  readonly vmLogins: readonly string[];
  readonly entraUsers: readonly string[];
  readonly clientAddresses: readonly string[];
  readonly userAgents: readonly string[];
}
