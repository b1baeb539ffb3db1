import type { UserId } from '../../domain/people/person.ts';
import { possibleUsersOf } from '../../domain/sessions/origin.ts';
import { isAmong, possibleNames } from '../../domain/sessions/owner.ts';
import type { DisconnectRequest, Member } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { MayOwn } from '../../domain/requests/review.ts';
import { sessionsOf } from '../../domain/requests/tunnel.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { findOwner } from '../people/find-owner.ts';

type Needs = Pick<Ports, 'people' | 'policy' | 'watches'>;

export interface Owned {
  readonly requests: readonly DisconnectRequest[];
  readonly mayOwn: MayOwn;
}

/**
 * Whose sessions these are, and whether they may be those of who decides, as it is known at this moment: Slack may have
 * been unable to say when somebody asked, and the audit log is late.
 */
export async function withOwners(
  ports: Needs,
  requests: readonly DisconnectRequest[],
  by: UserId,
): Promise<Owned> {
  const possible = new Set<string>();
  const unknown = new Set<string>();
  const owned = await Promise.all(
    requests.map(async (stored) => {
      if (!isPending(stored)) return stored;
      const request = await withLatestOrigin(ports, stored);
      const [owner, isTheirs] = await Promise.all([
        findOwner(ports, request.session),
        anyMayBeTheirs(ports, request, by),
      ]);
      if (isTheirs === 'yes') possible.add(request.id);
      if (isTheirs === 'unknown' || !owner.ok) unknown.add(request.id);
      return owner.ok && owner.value !== undefined ? { ...request, owner: owner.value } : request;
    }),
  );
  return { requests: owned, mayOwn: { possible, unknown } };
}

/** Of a tunnel, whoever may be behind one of its sessions. */
async function anyMayBeTheirs(
  ports: Needs,
  request: DisconnectRequest,
  by: UserId,
): Promise<'yes' | 'no' | 'unknown'> {
  const sessions = sessionsOf(request).map(({ session }) => session);
  const distinct = new Map(sessions.map((session) => [JSON.stringify(session.origin ?? null), session]));
  const answers = await Promise.all(
    [...distinct.values()].map(async (session) => mayBeTheirs(ports, session, by)),
  );
  return answers.find((answer) => answer === 'yes') ?? answers.find((answer) => answer === 'unknown') ?? 'no';
}

async function mayBeTheirs(
  { people, policy }: Needs,
  session: Session,
  by: UserId,
): Promise<'yes' | 'no' | 'unknown'> {
  const names = possibleNames(policy, session);
  if (names.length === 0) return 'no';
  const profile = await people.person(by);
  const email = profile.ok ? profile.value.email : undefined;
  if (isAmong(names, { id: by, ...(email !== undefined && { email }) })) return 'yes';
  // Whom the policy names by address, Slack finds by it; of Entra users only the addresses are known.
  return email === undefined && possibleUsersOf(session).length > 0 ? 'unknown' : 'no';
}

async function withLatestOrigin({ watches }: Needs, request: DisconnectRequest): Promise<DisconnectRequest> {
  const { session, others } = request;
  // By the host: the first session of a tunnel may be over, and others not.
  const memory = await watches.get(session.hostId).catch(asUnreadable);
  if (!memory || memory instanceof UnreadableRecord) return request;
  const originOf = new Map(memory.watches.map((watch) => [watch.ref, watch.session.origin]));
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
