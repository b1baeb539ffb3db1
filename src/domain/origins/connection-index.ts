import { bareLogin, isBlankLogin } from '../sessions/login.ts';
import type { Session } from '../sessions/session.ts';
import type { Connection } from './connection.ts';
import { periodOf } from './fit.ts';

export interface ConnectionIndex {
  bearing(id: string): readonly Connection[];
  /** Those of nobody's id that began when the session did, and that may be to its machine with its login. */
  maybeOf(session: Session): readonly Rival[];
}

export interface Rival {
  readonly connection: Connection;
  readonly client: string;
  readonly clientAndAgent: string;
}

/** `ids`: those of the host's sessions, in lower case; a connection that bears one of them is no other session's. */
export function connectionIndex(
  connections: readonly Connection[],
  ids: ReadonlySet<string>,
): ConnectionIndex {
  const byId = new Map<string, Connection[]>();
  const byPlace = new Map<string, Rival[]>();
  for (const connection of connections.toSorted((a, b) => a.beganAt - b.beganAt)) {
    const tunnels = connection.tunnelIds.map((id) => id.toLowerCase());
    for (const id of tunnels) add(byId, id, connection);
    if (tunnels.some((id) => ids.has(id))) continue;
    const { clientAddresses, entraUsers, userAgents } = connection;
    const client = JSON.stringify([entraUsers, clientAddresses]);
    const rival = { connection, client, clientAndAgent: JSON.stringify([client, userAgents]) };
    for (const place of placesOf(connection)) add(byPlace, place, rival);
  }
  return {
    bearing: (id) => byId.get(id.toLowerCase()) ?? [],
    maybeOf: (session) => {
      const { from, until } = periodOf(session);
      const found = placesFor(session).map((place) => {
        const rivals = byPlace.get(place) ?? [];
        return rivals.slice(countBefore(rivals, from), countBefore(rivals, until + 1));
      });
      return new Array<Rival>().concat(...found);
    },
  };
}

function placesOf({ machineAddresses, machineIds, vmLogins }: Connection): readonly string[] {
  const hasNoId = machineIds.length === 0;
  const machines = [
    'any',
    ...machineIds.map((id) => `id ${id}`),
    ...machineAddresses.map((address) => `address ${address}`),
    ...(hasNoId ? ['no id', ...machineAddresses.map((address) => `no id, address ${address}`)] : []),
    ...(machineAddresses.length === 0 ? ['no address', ...(hasNoId ? ['neither'] : [])] : []),
  ];
  const logins = vmLogins.length === 0 ? ['no login'] : new Set(vmLogins.map(loginPlace));
  return machines.flatMap((machine) => ['any login', ...logins].map((login) => `${machine}\n${login}`));
}

function placesFor({ vm, vmLogin }: Session): readonly string[] {
  const logins = isBlankLogin(vmLogin) ? ['any login'] : [loginPlace(vmLogin), 'no login'];
  return machinesFor(vm).flatMap((machine) => logins.map((login) => `${machine}\n${login}`));
}

function machinesFor({ address, resourceId }: Session['vm']): readonly string[] {
  const [byId, byAddress] = [`id ${resourceId?.toLowerCase()}`, `address ${address?.toLowerCase()}`];
  if (resourceId !== undefined && address !== undefined) return [byId, `no id, ${byAddress}`, 'neither'];
  if (resourceId !== undefined) return [byId, 'no id'];
  return address === undefined ? ['any'] : [byAddress, 'no address'];
}

function loginPlace(login: string): string {
  return `login ${bareLogin(login)}`;
}

function countBefore(rivals: readonly Rival[], at: number): number {
  let [low, high] = [0, rivals.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const rival = rivals[middle];
    if (rival && rival.connection.beganAt < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function add<Item>(to: Map<string, Item[]>, key: string, item: Item): void {
  const others = to.get(key);
  if (others) others.push(item);
  else to.set(key, [item]);
}
