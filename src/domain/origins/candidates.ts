import type { Candidate } from '../sessions/origin.ts';
import type { Connection } from './connection.ts';

/** Each person at each address once: one client with several tunnels is one candidate, of whom no tunnel is known. */
export interface Candidates {
  add(connection: Connection): readonly Candidate[];
  count(): number;
  /** In an order of their own: the log has none, and the same candidates are the same origin. */
  list(): readonly Candidate[];
}

export function noCandidates(): Candidates {
  const bySelf = new Map<string, Candidate>();
  return {
    add: (connection) =>
      candidatesOf(connection).map((candidate) => {
        const { clientAddress, entraUser } = candidate;
        const self = JSON.stringify([entraUser?.toLowerCase(), clientAddress]);
        const known = bySelf.get(self);
        const both = known ? inCommon(known, candidate) : candidate;
        bySelf.set(self, both);
        return both;
      }),
    count: () => bySelf.size,
    list: () =>
      [...bySelf].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, candidate]) => candidate),
  };
}

function candidatesOf({
  clientAddresses,
  entraUsers,
  tunnelIds,
  userAgents,
}: Connection): readonly Candidate[] {
  const [tunnelId, ...otherTunnels] = tunnelIds;
  const [userAgent, ...otherAgents] = userAgents;
  return orUntold(entraUsers).flatMap((entraUser) =>
    orUntold(clientAddresses).map((clientAddress) => ({
      ...(entraUser !== undefined && { entraUser }),
      ...(clientAddress !== undefined && { clientAddress }),
      ...(userAgent !== undefined && otherAgents.length === 0 && { userAgent }),
      ...(tunnelId !== undefined && otherTunnels.length === 0 && { tunnelId }),
    })),
  );
}

function orUntold(told: readonly string[]): readonly (string | undefined)[] {
  return told.length === 0 ? [undefined] : told;
}

function inCommon({ tunnelId, userAgent, ...self }: Candidate, other: Candidate): Candidate {
  const isLater = (self.entraUser ?? '') > (other.entraUser ?? '');
  return {
    ...self,
    ...(isLater && other.entraUser !== undefined && { entraUser: other.entraUser }),
    ...(userAgent !== undefined && userAgent === other.userAgent && { userAgent }),
    ...(tunnelId !== undefined && tunnelId === other.tunnelId && { tunnelId }),
  };
}
