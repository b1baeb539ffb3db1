import { aboutBatch } from '../../domain/audit/about.ts';
import type { Person } from '../../domain/people/person.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import type { ReviewVerb } from '../../domain/requests/second.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { review } from './review.ts';

export async function reviewBatch(
  ports: Pick<Ports, 'batches' | 'requests'> & Needs<typeof review>,
  { id, ...click }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<BatchReviewOutcome> {
  const batch = await ports.batches.get(id);
  const reviewed = await review(ports, click, {
    read: async () => (batch ? ports.requests.many(batch.requestIds) : []),
    about: (members) => aboutBatch(id, members),
  });
  switch (reviewed.is) {
    case 'denied':
      return reviewed;
    case 'decided':
      return { is: 'decided' };
    case 'unknown':
      return { is: 'unknown-batch' };
    case 'refused':
      return batch ? { ...reviewed, batch } : { is: 'unknown-batch' };
  }
}
