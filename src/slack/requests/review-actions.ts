import type { Person } from '../../domain/people/person.ts';
import type { ReviewVerb } from '../../domain/requests/second.ts';
import type { Ports } from '../../ports/ports.ts';
import { reviewBatch } from '../../usecases/requests/review-batch.ts';
import { reviewDisconnect } from '../../usecases/requests/review-request.ts';
import type { Action } from '../action.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../reply.ts';
import { batchReviewRefusal, reviewRefusal } from './refusal.ts';

export function reviewAction(verb: ReviewVerb): Action {
  return deciding(verb, async (ports, click) => {
    const outcome = await reviewDisconnect(ports, click);
    return outcome.is === 'decided' ? undefined : reviewRefusal(outcome, ports.policy.access.approve);
  });
}

export function reviewBatchAction(verb: ReviewVerb): Action {
  return deciding(verb, async (ports, click) => {
    const outcome = await reviewBatch(ports, click);
    return outcome.is === 'decided' ? undefined : batchReviewRefusal(outcome, ports.policy.access.approve);
  });
}

interface ReviewClick {
  readonly id: string;
  readonly verb: ReviewVerb;
  readonly by: Person;
}

/** The card itself shows a decision; only somebody who did not decide hears more. */
function deciding(
  verb: ReviewVerb,
  refusal: (ports: Ports, click: ReviewClick) => Promise<Message | undefined>,
): Action {
  return {
    acknowledges: 'decided',
    run: async (ports, { by, value }) => {
      const refused = await refusal(ports, { id: value, verb, by });
      return refused ? note(refused) : { is: 'nothing' };
    },
  };
}
