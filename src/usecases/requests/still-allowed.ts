import type { DenialReason } from '../../domain/people/access.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Principal, Right } from '../../domain/policy/policy.ts';
import type { Decided, DisconnectRequest } from '../../domain/requests/request.ts';
import type { Withheld } from '../../domain/requests/withheld.ts';
import { notSecond } from '../../domain/requests/second.ts';
import type { Ports } from '../../ports/ports.ts';
import { checkAccess } from '../people/authorize.ts';
import { identify } from '../people/identify.ts';
import { asOwned } from './as-owned.ts';

type UsedPorts = Pick<Ports, 'clock' | 'people' | 'policy' | 'hostStates'>;

/** Whether what was decided would be allowed as it stands now; `unknown`: Slack cannot say. */
export type StillAllowed =
  | { readonly is: 'yes' }
  | { readonly is: 'no'; readonly why: Withheld }
  | { readonly is: 'unknown'; readonly missingScope?: string };

/** What was looked up for a click, or for the call before, stands so long: nobody is asked about twice. */
const standsForMs = 60_000;

/** By the policy of who calls, which may be another than that of the click; groups, accounts and owners may have changed since. */
export async function stillAllowed(
  ports: UsedPorts,
  request: DisconnectRequest,
  decided: Decided & { readonly sentAt?: number },
): Promise<StillAllowed> {
  const { approval } = ports.policy.disconnect;
  if (approval === 'off') return no({ is: 'switched-off' });
  const { by, via, decidedAt, sentAt = decidedAt } = decided;
  if (approval === 'required' && by === undefined) return no({ is: 'approval-required' });
  const { requester, askedAt, askedVia } = request;
  // Before the call before it was looked at, too.
  const asked: Held = { who: requester, since: sentAt === decidedAt ? askedAt : sentAt, via: askedVia };
  const asking = await holdsStill(ports, 'disconnect', asked);
  if (asking.is !== 'yes' || approval === 'none' || by === undefined) return asking;
  const approved: Held = { who: by, since: sentAt, via };
  const approving = await holdsStill(ports, 'approve', approved);
  return approving.is === 'yes' ? second(ports, request, approved) : approving;
}

interface Held {
  readonly who: UserId;
  readonly since: number;
  readonly via: Principal | undefined;
}

/** A moment to come is one of another clock, and says nothing. */
function isRecent({ clock }: UsedPorts, { since }: Held): boolean {
  return Math.abs(clock() - since) <= standsForMs;
}

async function holdsStill(ports: UsedPorts, right: Right, held: Held): Promise<StillAllowed> {
  const { people, policy } = ports;
  const { who, via } = held;
  if (isRecent(ports, held) && via !== undefined && policy.access[right].includes(via)) return yes;
  const access = await checkAccess(ports, { id: who }, { right, purpose: 'deciding' });
  const whose = right === 'approve' ? 'approver' : 'requester';
  const lost = (because: DenialReason) => no({ is: 'right-lost', whose, because });
  if (!access.allowed) return access.because === 'unsure' ? unknown(access) : lost(access.because);
  // The policy may name somebody by id who has left since. A bot that may not ask takes its word.
  const profile = await people.person(who, 'deciding');
  if (profile.ok) return profile.value.standing === 'deactivated' ? lost('deactivated') : yes;
  return profile.missingScope === undefined ? unknown({}) : yes;
}

/** Whether the approver is another person than who asked and whose session it is, by what is known now. */
async function second(ports: UsedPorts, request: DisconnectRequest, approved: Held): Promise<StillAllowed> {
  const { who } = approved;
  const owned = await asOwned(ports, request, {
    by: who,
    purpose: isRecent(ports, approved) ? 'showing' : 'deciding',
  });
  const known = await identify(ports, [who, request.requester, owned.request.owner]);
  const reviewer = { id: who, known, mayOwn: owned.mayOwn };
  const because = notSecond(owned.request, { verb: 'approve', reviewer }, ports.policy.disconnect);
  switch (because) {
    case undefined:
      return yes;
    case 'perhaps-own-request':
      // Looked up for the click, which this question followed.
      return isRecent(ports, approved) ? yes : unknown({});
    case 'owner-unknown':
      return unknown({});
    case 'own-request':
    case 'own-session':
    case 'perhaps-own-session':
      return no({ is: 'not-second', because });
  }
}

const yes: StillAllowed = { is: 'yes' };

function no(why: Withheld): StillAllowed {
  return { is: 'no', why };
}

function unknown({ missingScope }: { readonly missingScope?: string }): StillAllowed {
  return { is: 'unknown', ...(missingScope !== undefined && { missingScope }) };
}
