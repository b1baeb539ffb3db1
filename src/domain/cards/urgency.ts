import { isOpen } from '../alerts/alert.ts';
import { isLasting } from '../alerts/outage.ts';
import type { CardContent } from './content.ts';

/** What comes first where not everything can be said at once. `upkeep`: what is true of people is said already. */
export type Urgency = 'decision' | 'worsening' | 'ending' | 'upkeep';

export function urgencyOf(content: CardContent): Urgency {
  switch (content.card) {
    case 'alert':
    case 'alert-wake':
      return isOpen(content.alert) ? 'worsening' : 'ending';
    case 'alert-steps':
    case 'owner-told':
      return 'ending';
    case 'outage':
      return isLasting(content.outage) ? 'worsening' : 'ending';
    case 'silence':
      return 'upkeep';
    case 'request':
    case 'outcome':
    case 'unasked':
    case 'batch':
    case 'batch-outcome':
    case 'batch-unasked':
      return 'decision';
  }
}

/** The same of a card that stands already: an outage has all open alerts edited, and none of what people do waits for that. */
export function editUrgencyOf(content: CardContent): Urgency {
  const isUntouched = content.card === 'alert' && isOpen(content.alert) && content.alert.steps.length === 0;
  return isUntouched ? 'upkeep' : urgencyOf(content);
}
