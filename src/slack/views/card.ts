import type { CardContent, CardContents } from '../../domain/cards/card.ts';
import type { CardKind } from '../../domain/cards/kinds.ts';
import { alertCard } from './alert-card.ts';
import { alertSteps, alertWake } from './alert-thread.ts';
import { batchCard, batchOutcomeMessage } from './batch-card.ts';
import { blindnessCard } from './blindness-card.ts';
import type { Message } from './message.ts';
import { outcomeMessage } from './outcome.ts';
import { requestCard } from './request-card.ts';

/** How every card looks. */
const views: { readonly [Kind in CardKind]: (content: CardContents[Kind]) => Message } = {
  alert: ({ alert, approval }) => alertCard(alert, approval),
  'alert-steps': ({ alert }) => alertSteps(alert),
  'alert-wake': ({ alert, snooze }) => alertWake(alert, snooze),
  blindness: ({ blindness }) => blindnessCard(blindness),
  request: ({ request }) => requestCard(request),
  outcome: ({ request }) => outcomeMessage(request),
  batch: ({ batch, members }) => batchCard(batch, members),
  'batch-outcome': ({ batch, members }) => batchOutcomeMessage(batch, members),
};

export function cardMessage<Kind extends CardKind>(content: CardContent<Kind>): Message {
  return views[content.card](content);
}
