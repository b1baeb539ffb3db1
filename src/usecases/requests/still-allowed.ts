import type { Right } from '../../domain/policy/policy.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Decided, DisconnectRequest, NotSentReason } from '../../domain/requests/request.ts';
import { notSecond } from '../../domain/requests/review.ts';
import type { Principal } from '../../domain/policy/policy.ts';
import type { Ports } from '../../ports/ports.ts';
import { checkAccess } from '../people/authorize.ts';
import { identify } from '../people/identify.ts';
import { asOwned } from './with-owners.ts';

type Needs = Pick<Ports, 'clock' | 'people' | 'policy' | 'watches'>;

/** Whether what was decided would be allowed as it stands now; `unknown`: Slack cannot say. */
export type StillAllowed =
  | { readonly is: 'yes' }
  | {
      readonly is: 'no';
      readonly why: Extract<NotSentReason, { is: 'approval-required' | 'right-lost' | 'not-second' }>;
    }
  | { readonly is: 'unknown'; readonly missingScope?: string };

/** What was looked up for a click stands so long: whoever approves is not asked about twice. */
const standsForMs = 60_000;

/**
 * Looked at again just before the call, by the policy of who calls: it may be another one than that of the click, and
 * groups, accounts and what is known of the session may have changed since.
 */
export async function stillAllowed(
  ports: Needs,
  request: DisconnectRequest,
  decided: Decided,
): Promise<StillAllowed> {
  const needsApproval = ports.policy.disconnect.approval === 'required';
  const { requester, askedAt, askedVia } = request;
  if (needsApproval && decided.by === undefined) return { is: 'no', why: { is: 'approval-required' } };
  const asking = await holdsStill(ports, 'disconnect', {
    who: requester,
    since: askedAt,
    ...(askedVia !== undefined && { via: askedVia }),
  });
  if (asking.is !== 'yes' || !needsApproval || decided.by === undefined) return asking;
  const { by: who, decidedAt: since, via } = decided;
  const approving = await holdsStill(ports, 'approve', { who, since, ...(via !== undefined && { via }) });
  return approving.is === 'yes' ? second(ports, request, { who, since }) : approving;
}

interface Held {
  readonly who: UserId;
  readonly since: number;
  /** By what of the policy it was held then. */
  readonly via?: Principal;
}

async function holdsStill(ports: Needs, right: Right, { who, since, via }: Held): Promise<StillAllowed> {
  const { clock, people, policy } = ports;
  const isRecent = clock() - since <= standsForMs;
  if (isRecent && via !== undefined && policy.access[right].includes(via)) return { is: 'yes' };
  const access = await checkAccess(ports, { id: who }, right, 'deciding');
  const whose = right === 'approve' ? 'approver' : 'requester';
  const lost = (because: Lost['because']): StillAllowed => ({
    is: 'no',
    why: { is: 'right-lost', whose, because },
  });
  if (access.allowed) {
    // The policy may name somebody by id who has left since.
    const profile = await people.person(who, 'deciding');
    return profile.ok && profile.value.standing === 'deactivated' ? lost('deactivated') : { is: 'yes' };
  }
  const { because, missingScope } = access;
  if (because !== 'unsure') return lost(because);
  return { is: 'unknown', ...(missingScope !== undefined && { missingScope }) };
}

type Lost = Extract<NotSentReason, { is: 'right-lost' }>;

/** Whether the approver is another person than who asked and whose session it is, by what is known now. */
async function second(ports: Needs, request: DisconnectRequest, { who, since }: Held): Promise<StillAllowed> {
  const isRecent = ports.clock() - since <= standsForMs;
  const owned = await asOwned(ports, request, { by: who, purpose: isRecent ? 'showing' : 'deciding' });
  const known = await identify(ports, [who, request.requester, owned.request.owner]);
  const { id } = request;
  const possible = new Set(owned.isTheirs === 'yes' ? [id] : []);
  const unknown = new Set(owned.isTheirs === 'unknown' || !owned.isOwnerKnown ? [id] : []);
  const reviewer = { id: who, known, mayOwn: { possible, unknown } };
  const because = notSecond(owned.request, 'approve', reviewer, ports.policy.disconnect);
  if (because === undefined) return { is: 'yes' };
  const isUnknown = because === 'owner-unknown' || because === 'perhaps-own-request';
  if (!isUnknown) return { is: 'no', why: { is: 'not-second', because } };
  return isRecent ? { is: 'yes' } : { is: 'unknown' };
}
