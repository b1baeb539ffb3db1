import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { MayOwn, ReviewVerb } from '../../../src/domain/requests/second.ts';
import { review as reviewBy } from '../../../src/domain/requests/review.ts';
import { aPolicy, aRequest, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';

export const policy = aPolicy().disconnect;
export const request = aRequest({ owner: 'U0OWNER' });
export const review = (
  asked: DisconnectRequest,
  verb: ReviewVerb,
  by: string,
  inForce: typeof policy,
  now: number,
  mayOwn?: MayOwn,
) =>
  reviewBy(
    asked,
    { verb, by: { id: by, known: eachTheirOwn, ...(mayOwn && { mayOwn }) } },
    { policy: inForce, now },
  );
export const click = (verb: ReviewVerb, by: string, now = noon + 1, inForce = policy) =>
  review(request, verb, by, inForce, now);
export const refused = (because: string) => ({ accepted: false, because });
