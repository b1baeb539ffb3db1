import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { healthOf, setHealth } from '../../simulator/azure/health.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import { originOfLogin } from '../world/origins.ts';
import type { AzureDeed } from './deed.ts';
import type { ShownHost } from './shown.ts';

const mostSessions = 12;

/** The hosts with their sessions as they are, and what can be done to them. */
export interface AzurePanel {
  hosts(): readonly ShownHost[];
  carryOut(deed: AzureDeed): void;
}

export function azurePanel(azure: AzureSimulator): AzurePanel {
  return {
    hosts: () => azure.hosts().map(shownHost),
    carryOut: (deed) => {
      const host = azure.hosts().find(({ id }) => id === deed.host);
      if (!host) throw new Error('there is no such host');
      switch (deed.do) {
        case 'startSession': {
          const { vm, login, protocol, ghost, ageMinutes } = deed;
          const origin = originOfLogin(login);
          host.startSession({ vm, login, protocol, ghost, ageMs: ageMinutes * 60_000, origin });
          return;
        }
        case 'endSession':
          host.endSession(deed.session);
          return;
        case 'setHealth':
          setHealth(host, deed.health);
      }
    },
  };
}

function shownHost(host: SimulatedHost): ShownHost {
  const sessions = [...host.sessions()].sort((a, b) => a.startedAt - b.startedAt);
  return {
    id: host.id,
    name: host.name,
    health: healthOf(host),
    count: sessions.length,
    sessions: sessions.slice(0, mostSessions).map(({ id, vm, login, protocol, startedAt, ghost }) => ({
      id,
      vm,
      login,
      protocol,
      startedAt,
      isGhost: ghost,
    })),
  };
}
