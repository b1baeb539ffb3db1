import { randomUUID } from 'node:crypto';
import type { Behaviour, Style } from './behaviour.ts';
import { behaviour } from './behaviour.ts';
import type { SimulatedSession } from './session-json.ts';

export interface HostOptions {
  readonly name: string;
  readonly resourceGroup?: string;
  readonly subscriptionId?: string;
  readonly location?: string;
  readonly provisioningState?: string;
  readonly sku?: string;
  /** How it answers while nothing is wrong with it, where that is not as usual. */
  readonly usually?: Partial<Style>;
}

export interface SessionOptions extends Partial<Omit<SimulatedSession, 'vm'>> {
  readonly vm: string;
  /** Instead of `startedAt`. */
  readonly ageMs?: number;
}

/** A Bastion host, its sessions and how it behaves. */
export interface SimulatedHost extends Pick<Behaviour, 'behave' | 'behaveNormally'> {
  /** The resource id, in the case that Azure writes. */
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
  provisioningState: string;
  readonly sku: string;
  readonly behaviour: Behaviour;
  startSession(options: SessionOptions): SimulatedSession;
  endSession(id: string): void;
  sessions(): readonly SimulatedSession[];
  /** When each session ended, by id. */
  readonly endedAt: ReadonlyMap<string, number>;
  /** The ids of every disconnect that reached this host, in order, whatever became of it. */
  readonly disconnects: string[];
}

/** Told of every session that begins and ends, as the audit log is. */
export interface SessionWatch {
  started(host: SimulatedHost, session: SimulatedSession): void;
  ended(host: SimulatedHost, session: SimulatedSession, endedAt: number): void;
}

export const someSubscription = '11111111-1111-4111-8111-111111111111';

export function simulatedHost(options: HostOptions, clock: () => number, watch: SessionWatch): SimulatedHost {
  const {
    name,
    resourceGroup = 'rg-bastion',
    subscriptionId = someSubscription,
    location = 'westeurope',
  } = options;
  const sessions = new Map<string, SimulatedSession>();
  const endedAt = new Map<string, number>();
  const behaves = behaviour(options.usually);
  const host: SimulatedHost = {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/bastionHosts/${name}`,
    name,
    resourceGroup,
    subscriptionId,
    location,
    provisioningState: options.provisioningState ?? 'Succeeded',
    sku: options.sku ?? 'Standard',
    behaviour: behaves,
    behave: (change) => behaves.behave(change),
    behaveNormally: () => behaves.behaveNormally(),
    disconnects: [],
    endedAt,
    sessions: () => [...sessions.values()],
    startSession({ ageMs = 0, ...given }) {
      const session: SimulatedSession = {
        id: randomUUID(),
        login: 'azureuser',
        protocol: 'ssh',
        startedAt: clock() - ageMs,
        resourceType: 'VM',
        address: `10.0.${sessions.size >> 8}.${sessions.size & 255}`,
        ghost: false,
        ...given,
      };
      sessions.set(session.id, session);
      watch.started(host, session);
      return session;
    },
    endSession(id) {
      const session = sessions.get(id);
      if (!session) return;
      const at = clock();
      sessions.delete(id);
      endedAt.set(id, at);
      watch.ended(host, session, at);
    },
  };
  return host;
}
