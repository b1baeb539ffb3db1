import { aboutBatch } from '../../domain/audit/about.ts';
import { auditOfReviewRefusal } from '../../domain/audit/refusals.ts';
import type { Person } from '../../domain/people/person.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import { reviewBatch as decide } from '../../domain/requests/batch.ts';
import type { ReviewVerb } from '../../domain/requests/review.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { noteRefusal } from '../people/note-refusal.ts';
import { saveRequests } from './save-request.ts';
import { withOwners } from './with-owners.ts';

type UsedPorts = Pick<Ports, 'batches' | 'clock' | 'policy' | 'requests'> &
  Needs<typeof authorize> &
  Needs<typeof noteRefusal> &
  Needs<typeof saveRequests> &
  Needs<typeof withOwners>;

/** Decides a click on the card of a batch: every member that is pending in one step, or none. */
export async function reviewBatch(
  ports: UsedPorts,
  { id, verb, by }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<BatchReviewOutcome> {
  const { batches, clock, policy, requests } = ports;
  const batch = await batches.get(id);
  const about = async () => aboutBatch(id, batch ? await requests.many(batch.requestIds) : []);
  const access =
    verb === 'cancel' ? undefined : await authorize(ports, by, { right: 'approve', about: await about() });
  if (access && !access.allowed) return { is: 'denied', denied: access };
  if (!batch) return { is: 'unknown-batch' };
  const deciding = { by: by.id, purpose: 'deciding', ...(access && { via: access.via }) } as const;
  for (;;) {
    const stored = await requests.many(batch.requestIds);
    const { requests: members, reviewer } = await withOwners(ports, stored, deciding);
    const now = clock();
    const decision = decide(members, { verb, by: reviewer }, { policy: policy.disconnect, now });
    if (!decision.accepted) {
      if (decision.because === 'repeated') return { is: 'decided' };
      const { because } = decision;
      const refused = { verb, by: by.id, because };
      await noteRefusal(ports, auditOfReviewRefusal(refused, aboutBatch(id, members), now));
      return { is: 'refused', because, batch, members };
    }
    if (await saveRequests(ports, decision.next, now)) return { is: 'decided' };
  }
}
