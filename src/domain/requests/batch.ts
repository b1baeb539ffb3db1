import type { AccessDenied } from '../people/access.ts';
import type { UserId } from '../people/person.ts';
import type { Session } from '../sessions/session.ts';
import type { DisconnectRequest } from './request.ts';
import { isNewsToRequester, isSettled } from './phases.ts';
import type { ReviewRefusal } from './review.ts';
import { isRepeated, review } from './review.ts';

/** One card and one direct message for several sessions. Never changed: each member is a request like any other. */
export interface Batch {
  readonly id: string;
  readonly requester: UserId;
  readonly requesterIds?: readonly UserId[];
  readonly reason: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly requestIds: readonly string[];
}

/** More would not fit on one card. */
export const batchSize = 20;

export interface LeftOut {
  readonly alreadyAsked: readonly DisconnectRequest[];
  readonly cannotBeEnded: readonly Session[];
  /** How many are over, or their host is no longer known. */
  readonly over: number;
}

/** What its cards show: it grows with every change of a member. */
export function batchVersion(members: readonly DisconnectRequest[]): number {
  return members.reduce((sum, { version }) => sum + version, 0);
}

/** Whether the requester is to be told: nothing more will happen, and they did not cancel all of it themselves. */
export function tellsRequester(members: readonly DisconnectRequest[]): boolean {
  return members.every(isSettled) && members.some(isNewsToRequester);
}

export type BatchReview =
  /** What to store, each against its own version. */
  | { readonly accepted: true; readonly next: readonly DisconnectRequest[] }
  /** Nothing is left to decide, and this person decided it so. */
  | { readonly accepted: false; readonly because: 'repeated' }
  | { readonly accepted: false; readonly because: ReviewRefusal };

/** Decides a click on the card for every member that is pending: a rule that forbids one of them forbids the click. */
export function reviewBatch(
  members: readonly DisconnectRequest[],
  click: Parameters<typeof review>[1],
  at: Parameters<typeof review>[2],
): BatchReview {
  const reviews = members.map((member) => review(member, click, at));
  const next = reviews.flatMap((each) => (each.accepted ? [each.next] : []));
  const forbidden = reviews.flatMap((each) =>
    each.accepted || each.because === 'already-decided' ? [] : [each.because],
  );
  const [because] = forbidden;
  if (because !== undefined) return { accepted: false, because };
  if (next.length > 0) return { accepted: true, next };
  const repeats = members.some((member) => isRepeated(member, click));
  return { accepted: false, because: repeats ? 'repeated' : 'already-decided' };
}

export type BatchReviewOutcome =
  | { readonly is: 'decided' }
  | {
      readonly is: 'refused';
      readonly because: ReviewRefusal;
      readonly batch: Batch;
      readonly members: readonly DisconnectRequest[];
    }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-batch' };
