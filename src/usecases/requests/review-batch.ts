import { auditOfBatchRefusal } from '../../domain/audit/entry.ts';
import type { Person } from '../../domain/people/person.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import { reviewBatch as decide } from '../../domain/requests/batch.ts';
import type { ReviewVerb } from '../../domain/requests/review.ts';
import type { Ports } from '../../ports/ports.ts';
import { authorize } from '../people/authorize.ts';
import { saveRequest } from './save-request.ts';
import { withOwners } from './with-owners.ts';

/**
 * Decides a click on the card of a batch, member by member, each against its own version. Safe to run twice and to be
 * cut off anywhere: what was not decided is pending still, and the next click decides it.
 */
export async function reviewBatch(
  ports: Ports,
  { id, verb, by }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<BatchReviewOutcome> {
  const { audit, batches, clock, log, policy, requests } = ports;
  if (verb !== 'cancel') {
    const access = await authorize(ports, by, 'approve');
    if (!access.allowed) return { is: 'denied', denied: access };
  }
  const batch = await batches.get(id);
  if (!batch) return { is: 'unknown-batch' };
  let hasDecided = false;
  for (;;) {
    const stored = await requests.many(batch.requestIds);
    const { requests: members, mayOwn } = await withOwners(ports, stored, by.id);
    const now = clock();
    const decision = decide(members, verb, by.id, policy.disconnect, now, mayOwn);
    if (!decision.accepted) {
      if (hasDecided || decision.because === 'repeated') return { is: 'decided' };
      const entry = auditOfBatchRefusal(id, verb, by.id, decision.because, now);
      await audit.append(entry);
      log.info({ ...entry }, 'refused');
      return { is: 'refused', because: decision.because, batch, members };
    }
    const saved = await Promise.all(decision.next.map(async (next) => saveRequest(ports, next, now)));
    if (saved.every(Boolean)) return { is: 'decided' };
    hasDecided ||= saved.some(Boolean);
  }
}
