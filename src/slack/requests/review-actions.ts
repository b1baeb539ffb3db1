import type { ReviewVerb } from '../../domain/requests/review.ts';
import { reviewBatch } from '../../usecases/requests/review-batch.ts';
import { reviewDisconnect } from '../../usecases/requests/review-request.ts';
import type { Action } from '../action.ts';
import { note } from '../reply.ts';
import { batchReviewRefusal, reviewRefusal } from './refusal.ts';

/** The card itself shows a decision; only whoever did not decide hears more. */
export function reviewAction(verb: ReviewVerb): Action {
  return {
    acknowledges: 'decided',
    run: async (ports, { by, value }) => {
      const outcome = await reviewDisconnect(ports, { id: value, verb, by });
      return outcome.is === 'decided'
        ? { is: 'nothing' }
        : note(reviewRefusal(outcome, ports.policy.access.approve));
    },
  };
}

/** The same for the card of a batch. */
export function reviewBatchAction(verb: ReviewVerb): Action {
  return {
    acknowledges: 'decided',
    run: async (ports, { by, value }) => {
      const outcome = await reviewBatch(ports, { id: value, verb, by });
      return outcome.is === 'decided'
        ? { is: 'nothing' }
        : note(batchReviewRefusal(outcome, ports.policy.access.approve));
    },
  };
}
