import type { AccessDenied } from '../people/access.ts';
import { samePerson } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectPolicy } from '../policy/policy.ts';
import type { DisconnectRequest } from './request.ts';
import type { NotSecond } from './withheld.ts';
import { isWaiting } from './phases.ts';
import type { ReviewVerb, Reviewer } from './second.ts';
import { notSecond } from './second.ts';

export type ReviewRefusal =
  /** Somebody was faster, time ran out, or the call has gone out. */
  'already-decided' | 'not-the-requester' | NotSecond;

export type Review =
  | { readonly accepted: true; readonly next: DisconnectRequest }
  | { readonly accepted: false; readonly because: ReviewRefusal };

export type ReviewOutcome =
  | { readonly is: 'decided'; readonly request: DisconnectRequest }
  | { readonly is: 'refused'; readonly because: ReviewRefusal; readonly request: DisconnectRequest }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-request' };

/** The right to approve is checked before; this holds the rules between people. */
export function review(
  request: DisconnectRequest,
  { verb, by }: { readonly verb: ReviewVerb; readonly by: Reviewer },
  { policy, now }: { readonly policy: DisconnectPolicy; readonly now: number },
): Review {
  const isUndecided = request.state.is === 'pending' && now < request.expiresAt;
  const isRequester = samePerson(by.known, by.id, request.requester);
  if (verb === 'cancel' && (isUndecided || isWaiting(request))) {
    if (isRequester === 'unknown') return refused('perhaps-own-request');
    if (isRequester === 'no') return refused('not-the-requester');
    return { accepted: true, next: { ...request, state: { is: 'cancelled', by: by.id, at: now } } };
  }
  if (!isUndecided) return refused('already-decided');
  const because = notSecond(request, { verb, reviewer: by }, policy);
  if (because !== undefined) return refused(because);
  if (verb === 'deny') {
    return { accepted: true, next: { ...request, state: { is: 'denied', by: by.id, at: now } } };
  }
  const via = by.via === undefined ? {} : { via: by.via };
  const approved = { is: 'approved', by: by.id, ...via, decidedAt: now } as const;
  return { accepted: true, next: { ...request, state: approved } };
}

/** Whether it stands as it does because this person pressed this before: Slack may deliver one click twice. */
export function isRepeated(
  { state }: DisconnectRequest,
  { verb, by }: { readonly verb: ReviewVerb; readonly by: Reviewer },
): boolean {
  const isTheirs = (decider: UserId | undefined) =>
    decider !== undefined && samePerson(by.known, by.id, decider) === 'yes';
  switch (state.is) {
    case 'pending':
    case 'expired':
    case 'overtaken':
      return false;
    case 'denied':
      return verb === 'deny' && isTheirs(state.by);
    case 'cancelled':
      return verb === 'cancel' && isTheirs(state.by);
    case 'approved':
    case 'sending':
    case 'gone':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return verb === 'approve' && isTheirs(state.by);
  }
}

export function expire(request: DisconnectRequest, now: number): DisconnectRequest | undefined {
  if (request.state.is !== 'pending' || now < request.expiresAt) return undefined;
  return { ...request, state: { is: 'expired', at: now } };
}

function refused(because: ReviewRefusal): Review {
  return { accepted: false, because };
}
