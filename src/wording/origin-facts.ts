import type { Candidate, Origin } from '../domain/sessions/origin.ts';
import type { LogStanding } from '../domain/origins/log-standing.ts';
import type { Session } from '../domain/sessions/session.ts';
import { inert } from './foreign.ts';
import { logProblemCause } from './log-standing.ts';
import type { Originated, OriginRoom } from './origin.ts';
import {
  addressName,
  addressNames,
  andMore,
  byUser,
  different,
  sharedAddress,
  unnamed,
  userName,
} from './origin.ts';
import type { Fact, Words } from './words.ts';
import { words } from './words.ts';

const inDetails: OriginRoom = { name: 320, candidates: 20 };

export function originFacts(session: Originated, room: OriginRoom): readonly Fact[] {
  const { user, address } = originValues(session, room);
  return [...fact('Entra user', user), ...fact('Client address', address)];
}

export function originDetails(session: Originated, trouble?: LogStanding['trouble']): readonly Fact[] {
  const { user, address } = originValues(session, inDetails);
  const candidates = session.origin?.candidates ?? [];
  const [first, ...others] = candidates;
  if (!first) {
    const untold = untoldBecause(trouble);
    return address === undefined
      ? [['Entra user and client address', untold]]
      : [['Entra user', untold], ...fact('Client address', address)];
  }
  return [
    ...fact('Entra user', user ?? 'not told by the Bastion audit log'),
    ...fact('Client address', address ?? 'not told by the Bastion audit log'),
    ...(others.length > 0 ? connectionFacts(candidates) : []),
  ];
}

/** By what else the log knows the connection, where it is one; its id only where it is not that of the session. */
export function connectionDetails({
  origin,
  sessionId,
}: Pick<Session, 'origin' | 'sessionId'>): readonly Fact[] {
  const [first, ...others] = origin?.candidates ?? [];
  if (!first || others.length > 0) return [];
  return [
    ...fact('User agent', agentOf(first)),
    ...(first.tunnelId === sessionId ? [] : fact('Tunnel id', tunnelOf(first))),
  ];
}

function untoldBecause(trouble: LogStanding['trouble']): Words {
  if (!trouble) return words`unknown; the Bastion audit log has told nothing of this session so far`;
  const told = trouble.problem.is === 'no-columns' ? 'only a part' : 'nothing';
  return words`unknown; the Bastion audit log tells ${told}: ${logProblemCause(trouble.problem)}`;
}

function fact(label: string, text: string | undefined): readonly Fact[] {
  return text === undefined ? [] : [[label, [{ is: 'text', text }]]];
}

interface Values {
  readonly user: string | undefined;
  readonly address: string | undefined;
}

function originValues({ origin, clientAddress }: Originated, room: OriginRoom): Values {
  const listed =
    clientAddress === undefined
      ? undefined
      : `${addressName(clientAddress, room)}, exactly known from Azure's list`;
  if (!origin || origin.candidates.length === 0) return { user: undefined, address: listed };
  const candidates = different(origin.candidates);
  const user = asKnown(origin, userNames(candidates, room), room);
  const address = asKnown(origin, addressNames(candidates, room), room);
  const isOther = address !== undefined && !candidates.every((one) => one.clientAddress === clientAddress);
  const isNobodyKnown = user === undefined && address === undefined && listed === undefined;
  return {
    user: isNobodyKnown ? unnamed : user,
    address: listed !== undefined && isOther ? `${listed}; by the audit log ${address}` : (listed ?? address),
  };
}

/** Each once, with the addresses that are theirs where not all have the same; none where the log names nobody. */
function userNames(candidates: readonly Candidate[], room: OriginRoom): readonly string[] {
  if (candidates.every(({ entraUser }) => entraUser === undefined)) return [];
  const groups = byUser(candidates);
  const arePaired = groups.length > 1 && sharedAddress(candidates) === undefined;
  return groups.map((group) => {
    const addresses = arePaired ? addressNames(group, room) : [];
    const [user] = group.map(({ entraUser }) => entraUser);
    return `${userName(user, room)}${addresses.length > 0 ? ` (from ${firstOf(addresses, { ...room, candidates: addressesEach })})` : ''}`;
  });
}

const addressesEach = 3;

function asKnown(
  { known, candidates, isSoFar }: Origin,
  values: readonly string[],
  room: OriginRoom,
): string | undefined {
  const [first, ...others] = values;
  if (first === undefined) return undefined;
  switch (known) {
    case 'exact':
      return `${first}, exactly known`;
    case 'likely':
      return `${first}, likely${isSoFar ? ' so far' : ''}`;
    case 'one-of':
      return others.length === 0
        ? `${first}, the same in each of the ${candidates.length} connections that fit${isSoFar ? ' so far' : ''}`
        : `${isSoFar ? 'so far one of' : 'one of'} ${firstOf(values, room)}`;
  }
}

function firstOf(values: readonly string[], { candidates }: OriginRoom): string {
  return andMore(values.slice(0, candidates), values.length - candidates);
}

const connectionsShown = 10;

function connectionFacts(candidates: readonly Candidate[]): readonly Fact[] {
  const shown = candidates.slice(0, connectionsShown);
  const more = candidates.length - shown.length;
  return [
    ...shown.flatMap((one, index) => fact(`Possible connection ${index + 1}`, connection(one))),
    ...(more > 0 ? fact('Possible connections not shown', String(more)) : []),
  ];
}

function connection(one: Candidate): string {
  const [agent, tunnel] = [agentOf(one), tunnelOf(one)];
  return [
    userName(one.entraUser, inDetails),
    ...(one.clientAddress === undefined ? [] : [`from ${addressName(one.clientAddress, inDetails)}`]),
    ...(agent === undefined ? [] : [`user agent ${agent}`]),
    ...(tunnel === undefined ? [] : [`tunnel ${tunnel}`]),
  ].join(', ');
}

function agentOf({ userAgent }: Candidate): string | undefined {
  return userAgent === undefined ? undefined : inert(userAgent, 500);
}

function tunnelOf({ tunnelId }: Candidate): string | undefined {
  return tunnelId === undefined ? undefined : inert(tunnelId, 100);
}
