import type { Purpose } from '../../domain/people/freshness.ts';
import type { Sameness } from '../../domain/people/identity.ts';
import { anySame } from '../../domain/people/identity.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { DisconnectRequest, Member } from '../../domain/requests/request.ts';
import type { MayOwn } from '../../domain/requests/second.ts';
import { sessionsOf } from '../../domain/requests/tunnel.ts';
import { possibleUsersOf } from '../../domain/sessions/origin.ts';
import { idsAmong, isAmong, mappedTo, possibleNames } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { findOwner } from '../people/find-owner.ts';
import { identify } from '../people/identify.ts';

type UsedPorts = Pick<Ports, 'people' | 'policy' | 'hostStates'>;

export interface Reviewing {
  readonly by: UserId;
  readonly purpose: Purpose;
}

export interface Owned {
  readonly request: DisconnectRequest;
  readonly mayOwn: MayOwn;
}

/** Whose session it is may be known better than when somebody asked: Slack could not say, or the audit log was late. */
export async function asOwned(
  ports: UsedPorts,
  stored: DisconnectRequest,
  reviewing: Reviewing,
): Promise<Owned> {
  const latest = await withLatestOrigin(ports, stored);
  const [owner, isTheirs] = await Promise.all([
    findOwner(ports, latest.session, reviewing.purpose),
    anyMayBeTheirs(ports, latest, reviewing),
  ]);
  const request = owner.ok && owner.value !== undefined ? { ...latest, owner: owner.value } : latest;
  const isUnknown = isTheirs === 'unknown' || !owner.ok;
  const only = (holds: boolean) => new Set(holds ? [request.id] : []);
  return { request, mayOwn: { possible: only(isTheirs === 'yes'), unknown: only(isUnknown) } };
}

/** Of a tunnel, everybody who may be behind one of its sessions. */
async function anyMayBeTheirs(
  ports: UsedPorts,
  request: DisconnectRequest,
  reviewing: Reviewing,
): Promise<Sameness> {
  const sessions = sessionsOf(request).map(({ session }) => session);
  const distinct = new Map(sessions.map((session) => [JSON.stringify(session.origin ?? null), session]));
  return anySame(
    await Promise.all([...distinct.values()].map(async (session) => mayBeTheirs(ports, session, reviewing))),
  );
}

async function mayBeTheirs(
  ports: UsedPorts,
  session: Session,
  { by, purpose }: Reviewing,
): Promise<Sameness> {
  const { people, policy } = ports;
  const names = possibleNames(policy, session);
  if (names.length === 0) return 'no';
  const [profile, known] = await Promise.all([
    people.person(by, purpose),
    identify(ports, [by, ...idsAmong(names)]),
  ]);
  const email = profile.ok ? profile.value.email : undefined;
  const isTheirs = isAmong(names, { id: by, ...(email !== undefined && { email }), known });
  if (isTheirs !== 'no') return isTheirs;
  // An owner whom the policy names by address, Slack finds by it; of all others only the addresses are known.
  return email === undefined && namesByAddress(policy, session) ? 'unknown' : 'no';
}

function namesByAddress(policy: UsedPorts['policy'], session: Session): boolean {
  const mapped = mappedTo(policy, session);
  const isShared = mapped.is === 'shared' && mapped.names.some((name) => 'email' in name);
  return isShared || possibleUsersOf(session).length > 0;
}

async function withLatestOrigin(
  { hostStates }: UsedPorts,
  request: DisconnectRequest,
): Promise<DisconnectRequest> {
  const { session, others } = request;
  // By the host: the first session of a tunnel may be over, and others not.
  const hostState = await hostStates.get(session.hostId).catch(asUnreadable);
  if (!hostState || hostState instanceof UnreadableRecord) return request;
  const originOf = new Map(hostState.trackedSessions.map((tracked) => [tracked.ref, tracked.session.origin]));
  const latest = ({ ref, session: asked }: Member): Session => {
    const origin = originOf.get(ref);
    return origin ? withOrigin(asked, origin) : asked;
  };
  return {
    ...request,
    session: latest({ ref: request.ref, session }),
    ...(others && { others: others.map((one) => ({ ref: one.ref, session: latest(one) })) }),
  };
}
