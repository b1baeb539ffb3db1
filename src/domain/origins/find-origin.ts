import type { Connection } from './connection.ts';
import type { ConnectionIndex } from './connection-index.ts';
import type { Sighted } from './fit.ts';
import { contradicts, fitOf, periodOf } from './fit.ts';
import type { Candidate, Origin } from '../sessions/origin.ts';

/** The rows of the log come minutes late: until a session is this old, who seems to be behind it seems so far. */
export const rowsComeWithinMs = 15 * 60_000;

/** What bears the id of a session was written by a clock this far off at most, or is of another session that had the id. */
const idHoldsForMs = 10 * 60_000;
/** One of more than these is nobody. */
const mostCandidates = 20;

export interface Bystanders {
  /** Whether this is the id of another session on the host: its connection is not this session's. */
  readonly isOfAnother: (id: string) => boolean;
  readonly now: number;
}

/** Who is behind the session by the connections of its host; undefined where nobody can be named. */
export function findOrigin(
  sighted: Sighted,
  connections: ConnectionIndex,
  { isOfAnother, now }: Bystanders,
): Origin | undefined {
  const { session } = sighted;
  const isSoFar = now - session.startedAt < rowsComeWithinMs;
  const own = distinct(connections.bearing(session.sessionId).filter((one) => isOwn(one, sighted)));
  if (own.length === 1) return { known: 'exact', candidates: own, isSoFar: false };
  if (own.length > 1) return oneOf(own, isSoFar);

  const rivals = connections
    .maybeTo(session.vm)
    .filter(({ tunnelIds }) => !tunnelIds.some(isOfAnother))
    .map((connection) => ({ connection, fit: fitOf(connection, sighted) }));
  if (!rivals.some(({ fit }) => fit === 'yes')) return undefined;
  return oneOf(distinct(rivals.flatMap(({ connection, fit }) => (fit === 'no' ? [] : connection))), isSoFar);
}

function oneOf(candidates: readonly Candidate[], isSoFar: boolean): Origin | undefined {
  if (candidates.length > mostCandidates || candidates.every(isBlank)) return undefined;
  return { known: candidates.length === 1 ? 'likely' : 'one-of', candidates, isSoFar };
}

function isOwn(connection: Connection, { session }: Sighted): boolean {
  const { from, until } = periodOf(session);
  return (
    session.sessionId !== '' &&
    connection.beganAt >= from - idHoldsForMs &&
    connection.beganAt <= until + idHoldsForMs &&
    !contradicts(connection, session)
  );
}

/** Each person at each address once: one client with several tunnels is one candidate, of whom no tunnel is known. */
function distinct(connections: readonly Connection[]): readonly Candidate[] {
  const bySelf = new Map<string, Candidate>();
  for (const candidate of connections.flatMap(candidatesOf)) {
    const { clientAddress, entraUser } = candidate;
    const self = JSON.stringify([entraUser?.toLowerCase(), clientAddress]);
    const known = bySelf.get(self);
    bySelf.set(self, known ? inCommon(known, candidate) : candidate);
  }
  // The log has no order: the same candidates are the same origin.
  return [...bySelf].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, candidate]) => candidate);
}

/** One candidate, but for a connection whose rows differ in who it was or from where. */
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
  // Of two spellings of one name, always the same one.
  const isLater = (self.entraUser ?? '') > (other.entraUser ?? '');
  return {
    ...self,
    ...(isLater && other.entraUser !== undefined && { entraUser: other.entraUser }),
    ...(userAgent !== undefined && userAgent === other.userAgent && { userAgent }),
    ...(tunnelId !== undefined && tunnelId === other.tunnelId && { tunnelId }),
  };
}

function isBlank({ clientAddress, entraUser }: Candidate): boolean {
  return entraUser === undefined && clientAddress === undefined;
}
