import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import type { SessionOptions } from '../../simulator/azure/host.ts';
import { targetIdOf } from '../../simulator/azure/session-json.ts';
import { originOf } from './origins.ts';

const minuteMs = 60_000;

/** The Bastion hosts of the demo, who is on which machine when it begins, and what the audit log has of them. */
export function furnish(azure: AzureSimulator): void {
  const prod = azure.addHost({ name: 'bastion-prod', resourceGroup: 'rg-prod' });
  azure.addHost({ name: 'bastion-shared', resourceGroup: 'rg-prod' });
  const staging = azure.addHost({
    name: 'bastion-staging',
    resourceGroup: 'rg-staging',
    location: 'northeurope',
  });
  const web = { vm: 'vm-web-1', login: 'deploy', protocol: 'ssh', ageMs: 94 * minuteMs } as const;
  prod.startSession({ ...web, origin: originOf('erin') });
  const erp = { vm: 'vm-erp-app', login: 'dana', protocol: 'rdp', ageMs: 31 * minuteMs } as const;
  prod.startSession({ ...erp, origin: originOf('dana') });
  openSharedLogin(azure);
  // A native client that signs in with Entra leaves no row.
  staging.startSession({
    vm: 'vm-build-3',
    login: 'carol',
    protocol: 'ssh',
    ageMs: 12 * minuteMs,
    origin: 'none',
  });
}

/** Two people came to one machine with one login within a minute, and one of them is still there. */
function openSharedLogin(azure: AzureSimulator): void {
  const host = azure.hosts().find(({ name }) => name === 'bastion-shared');
  if (!host) return;
  const jump: SessionOptions = {
    vm: 'vm-jump-1',
    login: 'azureuser',
    protocol: 'rdp',
    ageMs: 156 * minuteMs,
    origin: { ...originOf('bob'), tunnelId: 'a-tunnel' },
  };
  const { address, login, protocol, startedAt, vm } = host.startSession(jump);
  const { clientAddress, entraUser, userAgent } = originOf('frank');
  const at = startedAt + 40_000;
  azure.logs.addRow({
    _ResourceId: host.id,
    TunnelId: 'another-tunnel',
    TargetResourceId: targetIdOf({ vm }, host),
    TargetVMIPAddress: address,
    Protocol: protocol,
    UserName: login,
    UserEmail: entraUser,
    ClientIpAddress: clientAddress,
    UserAgent: userAgent,
    TimeGenerated: at,
    Time: at,
    SessionStartTime: at,
  });
}
