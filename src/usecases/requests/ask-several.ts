import { aboutSessions } from '../../domain/audit/about.ts';
import { auditOfRequest } from '../../domain/audit/entry.ts';
import { auditOfFullQueue } from '../../domain/audit/refusals.ts';
import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import { refusedLately } from '../../domain/cards/trouble.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { LeftOut } from '../../domain/requests/batch.ts';
import { batchSize } from '../../domain/requests/batch.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isInWork, isPending, isSameAsk } from '../../domain/requests/phases.ts';
import { foldAlike } from '../../domain/sessions/alike.ts';
import type { SessionOnHost } from '../../domain/sessions/host-state.ts';
import { canBeEnded } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { withIds } from '../people/with-ids.ts';
import { noteRefusal } from '../people/note-refusal.ts';
import { newRequest } from './new-request.ts';

type UsedPorts = Pick<
  Ports,
  'batches' | 'cards' | 'clock' | 'hostStates' | 'jobs' | 'log' | 'newId' | 'policy'
> &
  Needs<typeof authorize> &
  Needs<typeof newRequest> &
  Needs<typeof noteRefusal> &
  Needs<typeof withIds>;

export type AskSeveralOutcome =
  | {
      readonly is: 'asked';
      readonly members: readonly DisconnectRequest[];
      readonly leftOut: LeftOut;
      readonly refusedLately?: string;
    }
  | { readonly is: 'none-left'; readonly leftOut: LeftOut }
  | { readonly is: 'none-picked' }
  | { readonly is: 'too-many'; readonly picked: number }
  | { readonly is: 'too-many-open'; readonly open: number }
  | { readonly is: 'switched-off' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

/** Asks for the end of several sessions with one reason: one batch, decided on one card. */
export async function askSeveral(
  ports: UsedPorts,
  { refs, by, reason }: { readonly refs: readonly string[]; readonly by: Person; readonly reason: string },
): Promise<AskSeveralOutcome> {
  const { batches, clock, jobs, log, newId, policy, hostStates } = ports;
  const picked = new Set(refs);
  const found = await Promise.all([...picked].slice(0, batchSize).map(async (ref) => hostStates.find(ref)));
  const onHost = found.filter((one): one is SessionOnHost => one !== undefined);
  const about = aboutSessions(onHost.map(({ tracked }) => tracked.session));
  const access = await authorize(ports, by, { right: 'disconnect', about });
  if (!access.allowed) return { is: 'denied', denied: access };
  if (policy.disconnect.approval === 'off') return { is: 'switched-off' };
  if (picked.size === 0) return { is: 'none-picked' };
  if (picked.size > batchSize) return { is: 'too-many', picked: picked.size };

  const named = onceEachTunnel(onHost.filter(({ tracked }) => canBeEnded(tracked.session)));
  const leftOut: LeftOut = {
    alreadyAsked: [],
    cannotBeEnded: onHost.map(({ tracked }) => tracked.session).filter((session) => !canBeEnded(session)),
    over: picked.size - onHost.length,
  };
  if (named.length === 0) return { is: 'none-left', leftOut };

  const id = newId();
  const askedAt = clock();
  const requests = await Promise.all(
    named.map(async (one) => newRequest(ports, one, { by, via: access.via, reason, askedAt })),
  );
  const members = await Promise.all(
    requests.map(async (request) => {
      const member = { ...request, batchId: id };
      return { request: member, entry: await withIds(ports, auditOfRequest(member, askedAt)) };
    }),
  );
  const expiresAt = askedAt + policy.disconnect.expiresAfterMs;
  const requesterIds = requests.find((request) => request.requesterIds)?.requesterIds;
  const batch = {
    id,
    requester: by.id,
    ...(requesterIds && { requesterIds }),
    reason,
    askedAt,
    expiresAt,
  };
  const opened = await batches.open(batch, members);
  const isMine = (existing: DisconnectRequest) =>
    requests.some((request) => isSameAsk(existing, request) && existing.batchId !== undefined);
  const alreadyAsked = opened.existing.filter((existing) => !isMine(existing));
  // A second delivery of the same form finds all of it asked for.
  const asked = [...opened.members, ...opened.existing.filter(isMine)];
  const said = { ...leftOut, alreadyAsked };
  const [first] = requests;
  if (opened.openCards !== undefined && asked.length === 0 && first) {
    await noteRefusal(ports, auditOfFullQueue(first, askedAt));
    return { is: 'too-many-open', open: opened.openCards };
  }
  if (asked.length === 0) return { is: 'none-left', leftOut: said };

  log.info(
    { batchId: id, by: by.id, sessions: opened.members.length },
    'opened a batch of disconnect requests',
  );
  await jobs.enqueue([
    ...opened.members
      .slice(0, 1)
      .flatMap(cardsOfRequest)
      .map((key) => ({ kind: 'card', key }) as const),
    ...opened.members.filter(isInWork).map((request) => ({ kind: 'request', id: request.id }) as const),
  ]);
  const code = asked.some(isPending) ? refusedLately(await ports.cards.inTrouble(), 'approvals') : undefined;
  return {
    is: 'asked',
    members: asked,
    leftOut: said,
    ...(code !== undefined && { refusedLately: code }),
  };
}

/** One session of a tunnel stands for all of it. */
function onceEachTunnel(onHost: readonly SessionOnHost[]): readonly SessionOnHost[] {
  return foldAlike(onHost, ({ tracked }) => tracked.session).map(([first]) => first);
}
