import type { AccessDenied } from '../people/access.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectPolicy } from '../policy/policy.ts';
import type { DisconnectRequest } from './request.ts';
import { isWaiting } from './phases.ts';

export type ReviewVerb = 'approve' | 'deny' | 'cancel';

export type ReviewRefusal =
  /** Somebody was faster, time ran out, or the call has gone out. */
  | 'already-decided'
  | 'own-request'
  | 'own-session'
  /** The audit log, or the policy, names them among those whose session it may be. */
  | 'perhaps-own-session'
  | 'not-the-requester'
  /** Whose session it is could not be found out: it may be theirs. */
  | 'owner-unknown';

export type Review =
  | { readonly accepted: true; readonly next: DisconnectRequest }
  | { readonly accepted: false; readonly because: ReviewRefusal };

/** What a click on a request card came to. */
export type ReviewOutcome =
  | { readonly is: 'decided'; readonly request: DisconnectRequest }
  | { readonly is: 'refused'; readonly because: ReviewRefusal; readonly request: DisconnectRequest }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-request' };

/** By the ids of requests: nobody is a second pair of eyes for what may be their own. */
export interface MayOwn {
  /** The session may be that of who decides. */
  readonly possible: ReadonlySet<string>;
  /** Slack cannot say now whose it is. */
  readonly unknown: ReadonlySet<string>;
}

const nobodyElse: MayOwn = { possible: new Set(), unknown: new Set() };

/**
 * Decides a click on a request card. The right to approve is checked before; this holds the rules between people. Who
 * asked may still cancel what waits for Azure.
 */
export function review(
  request: DisconnectRequest,
  verb: ReviewVerb,
  by: UserId,
  policy: DisconnectPolicy,
  now: number,
  { possible, unknown }: MayOwn = nobodyElse,
): Review {
  const isUndecided = request.state.is === 'pending' && now < request.expiresAt;
  if (verb === 'cancel' && (isUndecided || isWaiting(request))) {
    if (by !== request.requester) return refused('not-the-requester');
    return { accepted: true, next: { ...request, state: { is: 'cancelled', by, at: now } } };
  }
  if (!isUndecided) return refused('already-decided');
  if (by === request.requester) return refused('own-request');
  if (verb === 'deny') return { accepted: true, next: { ...request, state: { is: 'denied', by, at: now } } };
  if (!policy.ownerMayApprove) {
    if (by === request.owner) return refused('own-session');
    if (possible.has(request.id)) return refused('perhaps-own-session');
    if (unknown.has(request.id)) return refused('owner-unknown');
  }
  return { accepted: true, next: { ...request, state: { is: 'approved', by, decidedAt: now } } };
}

/** Whether it stands as it does because this person pressed this before: Slack may deliver one click twice. */
export function isRepeated({ state }: DisconnectRequest, verb: ReviewVerb, by: UserId): boolean {
  switch (state.is) {
    case 'pending':
    case 'expired':
    case 'overtaken':
      return false;
    case 'denied':
      return verb === 'deny' && state.by === by;
    case 'cancelled':
      return verb === 'cancel' && state.by === by;
    case 'approved':
    case 'sending':
    case 'gone':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return verb === 'approve' && state.by === by;
  }
}

/** The request after its time has run out, or undefined while it has not. */
export function expire(request: DisconnectRequest, now: number): DisconnectRequest | undefined {
  if (request.state.is !== 'pending' || now < request.expiresAt) return undefined;
  return { ...request, state: { is: 'expired', at: now } };
}

function refused(because: ReviewRefusal): Review {
  return { accepted: false, because };
}
