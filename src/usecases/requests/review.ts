import type { AuditedSubject } from '../../domain/audit/about.ts';
import { auditOfReviewRefusal } from '../../domain/audit/refusals.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import { reviewBatch } from '../../domain/requests/batch.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { ReviewRefusal } from '../../domain/requests/review.ts';
import type { ReviewVerb } from '../../domain/requests/second.ts';
import { expire } from '../../domain/requests/review.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { noteRefusal } from '../people/note-refusal.ts';
import { saveRequests } from './save-request.ts';
import { withOwners } from './with-owners.ts';

type UsedPorts = Pick<Ports, 'clock' | 'policy'> &
  Needs<typeof authorize> &
  Needs<typeof noteRefusal> &
  Needs<typeof saveRequests> &
  Needs<typeof withOwners>;

/** What a card asks to decide on: one request, or the members of a batch. */
export interface OnCard {
  /** As they are stored now; none where nothing is kept of the card any more. */
  readonly read: () => Promise<readonly DisconnectRequest[]>;
  readonly about: (members: readonly DisconnectRequest[]) => AuditedSubject;
}

export type Reviewed =
  | { readonly is: 'decided'; readonly members: readonly DisconnectRequest[] }
  | {
      readonly is: 'refused';
      readonly because: ReviewRefusal;
      readonly members: readonly DisconnectRequest[];
    }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown' };

/** Decides a click: one winner, who decides all that is pending in one step, or nothing; the late click is told so. */
export async function review(
  ports: UsedPorts,
  { verb, by }: { readonly verb: ReviewVerb; readonly by: Person },
  { read, about }: OnCard,
): Promise<Reviewed> {
  const { clock, policy } = ports;
  const access =
    verb === 'cancel'
      ? undefined
      : await authorize(ports, by, { right: 'approve', about: about(await read()) });
  if (access && !access.allowed) return { is: 'denied', denied: access };
  const deciding = { by: by.id, purpose: 'deciding', ...(access && { via: access.via }) } as const;
  for (;;) {
    const stored = await read();
    if (stored.length === 0) return { is: 'unknown' };
    const now = clock();
    const expired = stored.flatMap((request) => expire(request, now) ?? []);
    const asked = stored.map((request) => expire(request, now) ?? request);
    const { requests: members, reviewer } = await withOwners(ports, asked, deciding);
    const decision = reviewBatch(members, { verb, by: reviewer }, { policy: policy.disconnect, now });
    if (decision.accepted) {
      if (await saveRequests(ports, decision.next, now)) return { is: 'decided', members: decision.next };
      continue;
    }
    const { because } = decision;
    if (because === 'repeated') return { is: 'decided', members };
    if (expired.length > 0) await saveRequests(ports, expired, now);
    await noteRefusal(ports, auditOfReviewRefusal({ verb, by: by.id, because }, about(members), now));
    return { is: 'refused', because, members };
  }
}
