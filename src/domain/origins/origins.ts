import type { HostId } from '../hosts/host.ts';
import type { Origin } from '../sessions/origin.ts';
import type { Connection } from './connection.ts';
import { connectionIndex } from './connection-index.ts';
import { findOrigin } from './find-origin.ts';
import type { Wanted } from './wanted.ts';

/** What is known now of who is behind a session, by the `ref` of its watch: a session that is not here is left as it is. */
export type Origins = ReadonlyMap<string, Origin | undefined>;

/** What an answer of the log says of the sessions on the hosts that it covers. */
export function originsIn(
  wanted: readonly Wanted[],
  {
    connections,
    covered,
  }: { readonly connections: readonly Connection[]; readonly covered: readonly HostId[] },
  { idsOn, now }: { readonly idsOn: (hostId: HostId) => ReadonlySet<string>; readonly now: number },
): Origins {
  const origins = new Map<string, Origin | undefined>();
  for (const hostId of covered) {
    const index = connectionIndex(connections.filter((connection) => connection.hostId === hostId));
    const ids = idsOn(hostId);
    for (const one of wanted.filter(({ session }) => session.hostId === hostId)) {
      const own = one.session.sessionId.toLowerCase();
      const isOfAnother = (id: string) => id.toLowerCase() !== own && ids.has(id.toLowerCase());
      origins.set(one.ref, findOrigin(one, index, { isOfAnother, now }));
    }
  }
  return origins;
}
