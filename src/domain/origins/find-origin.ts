import type { Connection } from './connection.ts';
import { noCandidates } from './candidates.ts';
import type { ConnectionIndex } from './connection-index.ts';
import type { Sighted } from './fit.ts';
import { fitOf, mayBearItsId } from './fit.ts';
import type { Candidate, Origin } from '../sessions/origin.ts';

/** The rows of the log come minutes late: until a session is this old, who seems to be behind it seems so far. */
export const rowsComeWithinMs = 15 * 60_000;

const mostCandidates = 20;

export function findOrigin(sighted: Sighted, connections: ConnectionIndex, now: number): Origin | undefined {
  const { session } = sighted;
  const isSoFar = now - session.startedAt < rowsComeWithinMs;
  const own = ownCandidates(connections.bearing(session.sessionId), sighted);
  if (own.length === 1) return { known: 'exact', candidates: own, isSoFar: false };
  return oneOf(own.length > 1 ? own : fittingCandidates(connections, sighted), isSoFar);
}

function ownCandidates(bearing: readonly Connection[], { session }: Sighted): readonly Candidate[] {
  const own = noCandidates();
  for (const connection of bearing) if (mayBearItsId(connection, session)) own.add(connection);
  return own.list();
}

function fittingCandidates(connections: ConnectionIndex, sighted: Sighted): readonly Candidate[] {
  const fitting = noCandidates();
  const settled = new Set<string>();
  let isNamed = false;
  for (const { connection, client, clientAndAgent } of connections.maybeOf(sighted.session)) {
    if (isNamed && (settled.has(client) || settled.has(clientAndAgent))) continue;
    const fit = fitOf(connection, sighted);
    if (fit === 'no') continue;
    isNamed ||= fit === 'yes';
    const added = fitting.add(connection);
    const haveManyTunnels = added.every(({ tunnelId }) => tunnelId === undefined);
    const haveManyAgents = added.every(({ userAgent }) => userAgent === undefined);
    if (haveManyTunnels) settled.add(haveManyAgents ? client : clientAndAgent);
    if (fitting.count() > mostCandidates) return [];
  }
  return isNamed ? fitting.list() : [];
}

function oneOf(candidates: readonly Candidate[], isSoFar: boolean): Origin | undefined {
  if (candidates.length > mostCandidates || candidates.every(isBlank)) return undefined;
  return { known: candidates.length === 1 ? 'likely' : 'one-of', candidates, isSoFar };
}

function isBlank({ clientAddress, entraUser }: Candidate): boolean {
  return entraUser === undefined && clientAddress === undefined;
}
