import type { AzureSimulator } from '../azure/azure-simulator.ts';
import type { SimulatedHost } from '../azure/host.ts';

const minuteMs = 60_000;

/** The Bastion hosts of the demo, and who is on which machine when it begins. */
export function furnish(azure: AzureSimulator): void {
  const prod = azure.addHost({ name: 'bastion-prod', resourceGroup: 'rg-prod' });
  const shared = azure.addHost({ name: 'bastion-shared', resourceGroup: 'rg-prod' });
  const staging = azure.addHost({
    name: 'bastion-staging',
    resourceGroup: 'rg-staging',
    location: 'northeurope',
  });
  const open = (host: SimulatedHost, vm: string, login: string, protocol: 'rdp' | 'ssh', minutes: number) =>
    host.startSession({ vm, login, protocol, ageMs: minutes * minuteMs });
  open(prod, 'vm-web-1', 'deploy', 'ssh', 94);
  open(prod, 'vm-erp-app', 'dana', 'rdp', 31);
  open(shared, 'vm-jump-1', 'azureuser', 'rdp', 156);
  open(staging, 'vm-build-3', 'carol', 'ssh', 12);
}
