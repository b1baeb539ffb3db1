import type { Identities } from '../people/identity.ts';
import { samePerson } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectPolicy, Principal } from '../policy/policy.ts';
import type { DisconnectRequest } from './request.ts';
import type { NotSecond } from './withheld.ts';

export type ReviewVerb = 'approve' | 'deny' | 'cancel';

export interface Reviewer {
  readonly id: UserId;
  /** Which ids are one person's: theirs, and those of everybody the requests name. */
  readonly known: Identities;
  readonly mayOwn?: MayOwn;
  readonly via?: Principal;
}

/** Nobody is a second pair of eyes for what may be their own. */
export interface MayOwn {
  readonly possible: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
}

export const nobodyElse: MayOwn = { possible: new Set(), unknown: new Set() };

/** Why this person is no second pair of eyes for the request, whatever its state; undefined where they are. */
export function notSecond(
  request: DisconnectRequest,
  {
    verb,
    reviewer: { id, known, mayOwn: { possible, unknown } = nobodyElse },
  }: { readonly verb: ReviewVerb; readonly reviewer: Reviewer },
  policy: DisconnectPolicy,
): NotSecond | undefined {
  const isRequester = samePerson(known, id, request.requester);
  if (isRequester === 'yes') return 'own-request';
  if (isRequester === 'unknown') return 'perhaps-own-request';
  if (verb === 'deny' || policy.ownerMayApprove) return undefined;
  const isOwner = request.owner === undefined ? 'no' : samePerson(known, id, request.owner);
  if (isOwner === 'yes') return 'own-session';
  if (possible.has(request.id)) return 'perhaps-own-session';
  return isOwner === 'unknown' || unknown.has(request.id) ? 'owner-unknown' : undefined;
}
