import { auditOfRequest } from '../../domain/audit/entry.ts';
import { auditOfFullQueue } from '../../domain/audit/refusals.ts';
import { cardsOfRequest } from '../../domain/cards/of-subject.ts';
import { refusedLately } from '../../domain/cards/trouble.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Principal } from '../../domain/policy/policy.ts';
import type { AskOutcome, DisconnectRequest } from '../../domain/requests/request.ts';
import { isInWork, isPending, isSameAsk } from '../../domain/requests/phases.ts';
import type { SessionOnHost } from '../../domain/sessions/host-state.ts';
import { canBeEnded } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { withIds } from '../people/with-ids.ts';
import { noteRefusal } from '../people/note-refusal.ts';
import { newRequest } from './new-request.ts';

type UsedPorts = Pick<Ports, 'cards' | 'clock' | 'hostStates' | 'jobs' | 'log' | 'policy' | 'requests'> &
  Needs<typeof authorize> &
  Needs<typeof newRequest> &
  Needs<typeof noteRefusal> &
  Needs<typeof withIds>;

export interface MayAsk {
  readonly is: 'may-ask';
  readonly onHost: SessionOnHost;
  readonly via: Principal;
}

/** Whether this person may ask for the end of this session now, before they are shown the form. */
export async function checkAsk(
  ports: UsedPorts,
  { ref, by }: { readonly ref: string; readonly by: Person },
): Promise<MayAsk | Exclude<AskOutcome, { is: 'asked' }>> {
  const onHost = await ports.hostStates.find(ref);
  const access = await authorize(ports, by, {
    right: 'disconnect',
    about: onHost && { session: onHost.tracked.session },
  });
  if (!access.allowed) return { is: 'denied', denied: access };
  if (ports.policy.disconnect.approval === 'off') return { is: 'switched-off' };
  if (!onHost) return { is: 'not-tracked' };
  if (!canBeEnded(onHost.tracked.session)) return { is: 'cannot-be-ended' };
  return { is: 'may-ask', onHost, via: access.via };
}

/** Opens a request, or orders the disconnect at once where the policy asks for no approval. */
export async function askDisconnect(
  ports: UsedPorts,
  { ref, by, reason }: { readonly ref: string; readonly by: Person; readonly reason: string },
): Promise<AskOutcome> {
  const { clock, jobs, log, requests } = ports;
  const checked = await checkAsk(ports, { ref, by });
  if (checked.is !== 'may-ask') return checked;
  const { onHost, via } = checked;
  const request = await newRequest(ports, onHost, { by, via, reason, askedAt: clock() });
  const entry = await withIds(ports, auditOfRequest(request, request.askedAt));
  const opened = await requests.open(request, entry);
  if (!opened.opened) {
    if ('openCards' in opened) {
      await noteRefusal(ports, auditOfFullQueue(request, request.askedAt));
      return { is: 'too-many-open', open: opened.openCards };
    }
    const { existing } = opened;
    return isSameAsk(existing, request) ? asked(ports, existing) : { is: 'already-asked', existing };
  }
  log.info({ ...entry }, 'opened a disconnect request');
  await jobs.enqueue([
    ...cardsOfRequest(request).map((key) => ({ kind: 'card', key }) as const),
    ...(isInWork(request) ? [{ kind: 'request', id: request.id } as const] : []),
  ]);
  return asked(ports, request);
}

async function asked(ports: UsedPorts, request: DisconnectRequest): Promise<AskOutcome> {
  const code = isPending(request) ? refusedLately(await ports.cards.inTrouble(), 'approvals') : undefined;
  return { is: 'asked', request, ...(code !== undefined && { refusedLately: code }) };
}
