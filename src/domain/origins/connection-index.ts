import type { Connection } from './connection.ts';
import type { Session } from '../sessions/session.ts';

/** Connections through one host, found by what a session has in common with them: thousands meet thousands. */
export interface ConnectionIndex {
  bearing(id: string): readonly Connection[];
  /** Those to its machine, and those that do not say to which. */
  maybeTo(machine: Session['vm']): readonly Connection[];
}

export function connectionIndex(connections: readonly Connection[]): ConnectionIndex {
  const byId = new Map<string, Connection[]>();
  const byMachine = new Map<string, Connection[]>();
  for (const connection of connections) {
    const { machineAddresses, machineIds, tunnelIds } = connection;
    for (const id of tunnelIds) add(byId, id.toLowerCase(), connection);
    const machines = [...machineIds, ...machineAddresses];
    for (const machine of machines.length > 0 ? machines : ['']) add(byMachine, machine, connection);
  }
  return {
    bearing: (id) => byId.get(id.toLowerCase()) ?? [],
    maybeTo: ({ address = '', resourceId = '' }) => {
      const keys = new Set([resourceId.toLowerCase(), address.toLowerCase(), '']);
      return [...new Set([...keys].flatMap((key) => byMachine.get(key) ?? []))];
    },
  };
}

function add(to: Map<string, Connection[]>, key: string, connection: Connection): void {
  const others = to.get(key);
  if (others) others.push(connection);
  else to.set(key, [connection]);
}
