import type { CardContent, CardContents, SentContent } from '../domain/cards/content.ts';
import type { CardKind } from '../domain/cards/kinds.ts';
import { alertCard } from './alerts/card.ts';
import { outageCard } from './alerts/outage-card.ts';
import { silenceCard } from './alerts/silence-card.ts';
import { alertSteps, alertWake } from './alerts/thread.ts';
import { aside } from './kit/blocks.ts';
import type { Message } from './kit/message.ts';
import { batchCard, batchOutcomeMessage } from './requests/batch-card.ts';
import { requestCard } from './requests/card.ts';
import { outcomeMessage } from './requests/outcome.ts';
import { ownerToldMessage } from './requests/owner-told.ts';
import { batchUnaskedMessage, unaskedMessage } from './requests/unasked.ts';

const views: { readonly [Kind in CardKind]: (content: CardContents[Kind]) => Message } = {
  alert: ({ alert, approval }) => alertCard(alert, approval),
  'alert-steps': ({ alert }) => alertSteps(alert),
  'alert-wake': ({ alert, snooze }) => alertWake(alert, snooze),
  silence: ({ silence }) => silenceCard(silence),
  outage: ({ outage }) => outageCard(outage),
  request: ({ request, approval, owner }) => requestCard(request, approval, owner),
  outcome: ({ request }) => outcomeMessage(request),
  unasked: ({ request }) => unaskedMessage(request),
  'owner-told': (told) => ownerToldMessage(told),
  batch: (content) => batchCard(content),
  'batch-outcome': ({ batch, members }) => batchOutcomeMessage(batch, members),
  'batch-unasked': ({ batch, members }) => batchUnaskedMessage(batch, members),
};

export function cardMessage<Kind extends CardKind>(
  content: CardContent<Kind> & Pick<SentContent, 'mayBeTwice'>,
): Message {
  const message = views[content.card](content);
  return content.mayBeTwice === true ? { ...message, blocks: [...message.blocks, doubt] } : message;
}

const doubt = aside('This may be here twice: Slack did not say what became of an earlier post of it.');
