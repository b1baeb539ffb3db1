import type { CardContent } from '../../domain/card.ts';
import { alertCard } from './alert-card.ts';
import { alertSteps, alertWake } from './alert-thread.ts';
import { batchCard, batchOutcomeMessage } from './batch-card.ts';
import { blindnessCard } from './blindness-card.ts';
import type { Message } from './message.ts';
import { outcomeMessage } from './outcome.ts';
import { requestCard } from './request-card.ts';

export function cardMessage(content: CardContent): Message {
  switch (content.card) {
    case 'alert':
      return alertCard(content.alert, content.approval);
    case 'alert-steps':
      return alertSteps(content.alert);
    case 'alert-wake':
      return alertWake(content.alert, content.snooze);
    case 'blindness':
      return blindnessCard(content.blindness);
    case 'request':
      return requestCard(content.request);
    case 'outcome':
      return outcomeMessage(content.request);
    case 'batch':
      return batchCard(content.batch, content.members);
    case 'batch-outcome':
      return batchOutcomeMessage(content.batch, content.members);
  }
}
