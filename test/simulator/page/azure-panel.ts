import type { AzureSimulator } from '../azure/azure-simulator.ts';
import type { SimulatedHost } from '../azure/host.ts';
import type { AzureDeed } from './deed.ts';
import type { Health, ShownHost } from './shown.ts';

const mostSessions = 12;

/** The hosts with their sessions as they are, and what can be done to them. */
export interface AzurePanel {
  hosts(): readonly ShownHost[];
  carryOut(deed: AzureDeed): void;
}

export function azurePanel(azure: AzureSimulator): AzurePanel {
  const healths = new WeakMap<SimulatedHost, Health>();
  return {
    hosts: () => azure.hosts().map((host) => shownHost(host, healths.get(host) ?? 'well')),
    carryOut: (deed) => {
      const host = azure.hosts().find(({ id }) => id === deed.host);
      if (!host) throw new Error('there is no such host');
      switch (deed.do) {
        case 'startSession': {
          const { vm, login, protocol, ghost, ageMinutes } = deed;
          host.startSession({ vm, login, protocol, ghost, ageMs: ageMinutes * 60_000 });
          return;
        }
        case 'endSession':
          host.endSession(deed.session);
          return;
        case 'setHealth':
          healths.set(host, deed.health);
          setHealth(host, deed.health);
      }
    },
  };
}

function shownHost(host: SimulatedHost, health: Health): ShownHost {
  const sessions = [...host.sessions()].sort((a, b) => a.startedAt - b.startedAt);
  return {
    id: host.id,
    name: host.name,
    health,
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

function setHealth(host: SimulatedHost, health: Health): void {
  host.behaveNormally();
  switch (health) {
    case 'well':
      return;
    case 'silent':
      return host.behave({ hang: true });
    case 'throttled':
      return host.behave({ error: { status: 429, code: 'TooManyRequests', retryAfter: 10 } });
    case 'forbidden':
      return host.behave({
        error: {
          status: 403,
          code: 'AuthorizationFailed',
          message: `The client does not have authorization to perform action 'Microsoft.Network/bastionHosts/getActiveSessions/action' over scope '${host.id}'.`,
        },
      });
    case 'other shape':
      return host.behave({ body: { json: { activeSessions: [] } } });
  }
}
