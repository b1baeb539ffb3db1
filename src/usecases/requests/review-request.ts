import { auditOfReviewRefusal } from '../../domain/audit/entry.ts';
import type { Person } from '../../domain/people/person.ts';
import type { ReviewOutcome, ReviewVerb } from '../../domain/requests/review.ts';
import { expire, isRepeated, review } from '../../domain/requests/review.ts';
import type { Ports } from '../../ports/ports.ts';
import { authorize } from '../people/authorize.ts';
import { saveRequest } from './save-request.ts';
import { withOwners } from './with-owners.ts';

/** Decides a click on a request card: one winner, whoever is late is told so. */
export async function reviewDisconnect(
  ports: Ports,
  { id, verb, by }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<ReviewOutcome> {
  const { audit, clock, log, policy, requests } = ports;
  if (verb !== 'cancel') {
    const access = await authorize(ports, by, 'approve');
    if (!access.allowed) return { is: 'denied', denied: access };
  }
  for (;;) {
    const request = await requests.get(id);
    if (!request) return { is: 'unknown-request' };
    const now = clock();
    const expired = expire(request, now);
    const {
      requests: [asked = request],
      mayOwn,
    } = await withOwners(ports, [expired ?? request], by.id);
    const decision = review(asked, verb, by.id, policy.disconnect, now, mayOwn);
    if (decision.accepted) {
      if (await saveRequest(ports, decision.next, now)) return { is: 'decided', request: decision.next };
      continue;
    }
    if (isRepeated(asked, verb, by.id)) return { is: 'decided', request: asked };
    if (expired) await saveRequest(ports, expired, now);
    const entry = auditOfReviewRefusal(asked, verb, by.id, decision.because, now);
    await audit.append(entry);
    log.info({ ...entry }, 'refused');
    return { is: 'refused', because: decision.because, request: asked };
  }
}
