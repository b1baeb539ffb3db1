import { aboutRequest } from '../../domain/audit/about.ts';
import { auditOfReviewRefusal } from '../../domain/audit/refusals.ts';
import type { AccessDecision } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { ReviewOutcome, ReviewVerb } from '../../domain/requests/review.ts';
import { expire, isRepeated, review } from '../../domain/requests/review.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { noteRefusal } from '../people/note-refusal.ts';
import { saveRequest } from './save-request.ts';
import { withOwners } from './with-owners.ts';

type UsedPorts = Pick<Ports, 'clock' | 'policy' | 'requests'> &
  Needs<typeof authorize> &
  Needs<typeof noteRefusal> &
  Needs<typeof saveRequest> &
  Needs<typeof withOwners>;

/** Decides a click on a request card: one winner, whoever is late is told so. */
export async function reviewDisconnect(
  ports: UsedPorts,
  { id, verb, by }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<ReviewOutcome> {
  const { clock, policy, requests } = ports;
  const access = verb === 'cancel' ? undefined : await mayReview(ports, id, by);
  if (access && !access.allowed) return { is: 'denied', denied: access };
  const deciding = { by: by.id, purpose: 'deciding', ...(access && { via: access.via }) } as const;
  for (;;) {
    const request = await requests.get(id);
    if (!request) return { is: 'unknown-request' };
    const now = clock();
    const expired = expire(request, now);
    const {
      requests: [asked = request],
      reviewer,
    } = await withOwners(ports, [expired ?? request], deciding);
    const click = { verb, by: reviewer };
    const decision = review(asked, click, { policy: policy.disconnect, now });
    if (decision.accepted) {
      if (await saveRequest(ports, decision.next, now)) return { is: 'decided', request: decision.next };
      continue;
    }
    if (isRepeated(asked, click)) return { is: 'decided', request: asked };
    if (expired) await saveRequest(ports, expired, now);
    const { because } = decision;
    const refused = { verb, by: by.id, because };
    await noteRefusal(ports, auditOfReviewRefusal(refused, aboutRequest(asked), now));
    return { is: 'refused', because, request: asked };
  }
}

async function mayReview(ports: UsedPorts, id: string, by: Person): Promise<AccessDecision> {
  const request = await ports.requests.get(id);
  return authorize(ports, by, {
    right: 'approve',
    about: request ? aboutRequest(request) : { requestId: id },
  });
}
