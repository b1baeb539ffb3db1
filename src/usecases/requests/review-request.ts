import { aboutRequest } from '../../domain/audit/about.ts';
import type { Person } from '../../domain/people/person.ts';
import type { ReviewOutcome } from '../../domain/requests/review.ts';
import type { ReviewVerb } from '../../domain/requests/second.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { review } from './review.ts';

export async function reviewDisconnect(
  ports: Pick<Ports, 'requests'> & Needs<typeof review>,
  { id, ...click }: { readonly id: string; readonly verb: ReviewVerb; readonly by: Person },
): Promise<ReviewOutcome> {
  const reviewed = await review(ports, click, {
    read: async () => {
      const request = await ports.requests.get(id);
      return request ? [request] : [];
    },
    about: ([request]) => (request ? aboutRequest(request) : { requestId: id }),
  });
  if (reviewed.is === 'denied') return reviewed;
  const [request] = reviewed.is === 'unknown' ? [] : reviewed.members;
  if (!request || reviewed.is === 'unknown') return { is: 'unknown-request' };
  const { is } = reviewed;
  return is === 'decided' ? { is, request } : { is, because: reviewed.because, request };
}
