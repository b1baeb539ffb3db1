import { cardOwner } from '../requests/open-cards.ts';
import type { CardContent } from './content.ts';
import type { Urgency } from './urgency.ts';

export interface Turn {
  readonly card: string;
  readonly urgency: Urgency;
  /** Whose it is: within one urgency people take turns. Absent for what no person asked for, which goes by its time. */
  readonly of?: string;
}

/** On whose account a card is posted and edited, however many of them there are. */
export function turnOwner(content: CardContent): string | undefined {
  switch (content.card) {
    case 'request':
    case 'outcome':
    case 'unasked':
      return cardOwner(content.request);
    case 'batch':
    case 'batch-outcome':
    case 'batch-unasked':
      return cardOwner(content.batch);
    case 'alert':
    case 'alert-steps':
    case 'alert-wake':
    case 'silence':
    case 'outage':
    case 'owner-told':
      return undefined;
  }
}
