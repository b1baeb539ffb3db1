import { isOpen } from '../alerts/alert.ts';
import type { Card, Place } from './card.ts';
import { hasLeftLately, isElsewhere } from './card.ts';
import type { CardContent } from './content.ts';
import { stillAsks } from './content.ts';

export function hasToMove(
  card: Card,
  place: Place | undefined,
  { content, now }: { readonly content: CardContent | undefined; readonly now: number },
): boolean {
  const { message, posting } = card;
  if (!message || posting || !content || !place || !('channel' in place)) return false;
  if (!isElsewhere(message, place) || !followsItsPlace(content)) return false;
  return !hasLeftLately(card, place.channel, now);
}

/** What is over stays where it was said; what was done about an open alert is read beside it. */
function followsItsPlace(content: CardContent): boolean {
  return content.card === 'alert-steps' ? isOpen(content.alert) : stillAsks(content);
}
