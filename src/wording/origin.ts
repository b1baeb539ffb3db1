import { grouped } from '../domain/kit/grouped.ts';
import type { Candidate, Origin } from '../domain/sessions/origin.ts';
import type { Session } from '../domain/sessions/session.ts';
import { inert } from './foreign.ts';

export type Originated = Pick<Session, 'origin' | 'clientAddress'>;

/** How long an Entra user's name may be, and how many who may be behind a session are named. */
export interface OriginRoom {
  readonly name: number;
  readonly candidates: number;
  /** Of several who may be behind it, from where each of them comes is left out. */
  readonly namesOnly?: boolean;
}

/** Between the parts of a line; no line of a phone begins with it. */
export const dot = '\u00A0· ';

export const unnamed = 'somebody the log does not name';

/** Who is behind a session and from where, in one line; undefined while nothing is known. */
export function originLine(session: Originated, room: OriginRoom): string | undefined {
  const said = originParts(session, room).join(dot);
  return said === '' ? undefined : said;
}

/** As much of it as is this short: all, or who, or from where; of several their names, or at least their number. */
export function originWithin(session: Originated, atMost: number): string | undefined {
  const name = atMost + 1;
  const rooms = [
    { name, candidates: 3 },
    { name, candidates: 3, namesOnly: true },
    { name, candidates: 0 },
  ];
  const ways = rooms.flatMap((room) => {
    const parts = originParts(session, room);
    return [parts.join(dot), ...parts.toReversed()];
  });
  return ways.find((said) => said !== '' && said.length <= atMost);
}

function originParts({ origin, clientAddress }: Originated, room: OriginRoom): readonly string[] {
  const listed = clientAddress === undefined ? [] : [`from ${addressName(clientAddress, room)}`];
  return origin ? [...listed, ...loggedParts(origin, { room, isListed: listed.length > 0 })] : listed;
}

interface Saying {
  readonly room: OriginRoom;
  readonly isListed: boolean;
}

function loggedParts({ known, candidates, isSoFar }: Origin, saying: Saying): readonly string[] {
  const [first] = candidates;
  if (!first) return [];
  switch (known) {
    case 'exact':
      return oneParts(first, '', saying);
    case 'likely':
      return withSoFar(oneParts(first, 'likely ', saying), isSoFar);
    case 'one-of':
      return withSoFar([severalPart(candidates, saying.room)], isSoFar);
  }
}

function oneParts(
  { entraUser, clientAddress }: Candidate,
  how: '' | 'likely ',
  { room, isListed }: Saying,
): readonly string[] {
  const parts = [
    ...(isListed || clientAddress === undefined ? [] : [`${how}from ${addressName(clientAddress, room)}`]),
    ...(entraUser === undefined ? [] : [`${how}Entra user ${userName(entraUser, room)}`]),
  ];
  return parts.length > 0 || isListed ? parts : [`${how}${unnamed}`];
}

/** The row of another may still be on its way: what is said last says so. */
function withSoFar(parts: readonly string[], isSoFar: boolean): readonly string[] {
  const last = parts.at(-1);
  return isSoFar && last !== undefined ? [...parts.slice(0, -1), `${last} (so far)`] : parts;
}

function severalPart(candidates: readonly Candidate[], room: OriginRoom): string {
  const all = different(candidates);
  const groups = byUser(all);
  const [[first] = [], ...others] = groups;
  if (others.length === 0) return oneUserPart(first?.entraUser, candidates, room);
  if (room.candidates === 0) return `Entra user one of ${groups.length}`;
  if (room.namesOnly) {
    const users = groups.map(([one]) => userName(one?.entraUser, room));
    const shown = users.slice(0, room.candidates);
    return `one of ${andMore(shown, users.length - shown.length)}`;
  }
  const shown = all.slice(0, room.candidates);
  const shared = sharedAddress(all);
  const named = byUser(shown).map((group) => {
    const addresses = shared === undefined ? addressNames(group, room) : [];
    const [user] = group.map(({ entraUser }) => entraUser);
    if (addresses.length === 0) return userName(user, room);
    return `${user === undefined ? 'somebody' : userName(user, room)} from ${addresses.join(' or ')}`;
  });
  const from = shared === undefined ? '' : `, all from ${addressName(shared, room)}`;
  return `Entra user one of: ${andMore(named, all.length - shown.length)}${from}`;
}

/** All that fit are of one user, or of users whom the log does not name. */
function oneUserPart(user: string | undefined, candidates: readonly Candidate[], room: OriginRoom): string {
  const addresses = addressNames(candidates, room);
  const shown = addresses.slice(0, Math.max(1, room.candidates));
  const named = andMore(shown, addresses.length - shown.length);
  if (user === undefined) return named === '' ? unnamed : `from one of: ${named}`;
  const from = named === '' ? '' : ` from ${addresses.length > 1 ? 'one of: ' : ''}${named}`;
  return `one of ${candidates.length} connections of Entra user ${userName(user, room)}${from}`;
}

export function different(candidates: readonly Candidate[]): readonly Candidate[] {
  const apart = grouped(candidates, ({ entraUser, clientAddress }) =>
    JSON.stringify([entraUser?.toLowerCase(), clientAddress?.toLowerCase()]),
  );
  return [...apart.values()].map(([first]) => first);
}

export function byUser(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  return [...grouped(candidates, ({ entraUser }) => entraUser?.toLowerCase()).values()];
}

export function sharedAddress([first, ...others]: readonly Candidate[]): string | undefined {
  const address = first?.clientAddress?.toLowerCase();
  const isShared = others.every(({ clientAddress }) => clientAddress?.toLowerCase() === address);
  return isShared ? first?.clientAddress : undefined;
}

/** Each once; none where the log tells none. */
export function addressNames(candidates: readonly Candidate[], room: OriginRoom): readonly string[] {
  if (candidates.every(({ clientAddress }) => clientAddress === undefined)) return [];
  const byAddress = grouped(candidates, ({ clientAddress }) => clientAddress?.toLowerCase());
  return [...byAddress.values()].map(([first]) =>
    first.clientAddress === undefined ? 'one the log does not tell' : addressName(first.clientAddress, room),
  );
}

export function andMore(named: readonly string[], more: number): string {
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

export function userName(entraUser: string | undefined, { name }: OriginRoom): string {
  return entraUser === undefined ? unnamed : inert(entraUser, name);
}

const longestAddress = 45;
const shortestAddress = 16;

/** An address that is cut leads nowhere, so short ones stay whole in any room. */
export function addressName(address: string, { name }: OriginRoom): string {
  return inert(address, Math.max(shortestAddress, Math.min(longestAddress, name)));
}
