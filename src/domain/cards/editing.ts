import type { Card } from './card.ts';

/** An edit is over by now, however slow Slack was: calls are cut off well before. */
const editSettlesAfterMs = 30_000;
/** Most answers are there by then; so long an edit is left to who makes it, and so is what has changed meanwhile. */
export const editAnsweredWithinMs = 3000;

export function editedUntil({ editing = [] }: Card, now: number): number | undefined {
  const waiting = editing.filter((since) => since <= now && now < since + editAnsweredWithinMs);
  return waiting.length === 0 ? undefined : Math.max(...waiting) + editAnsweredWithinMs;
}

/** When the first of the edits whose answers were not stored can no longer arrive: the message may show an older state. */
export function editsSettleAt({ editing = [] }: Card): number | undefined {
  return editing.length === 0 ? undefined : Math.min(...editing) + editSettlesAfterMs;
}

/** Before an edit begins: those that can no longer arrive are made good by it. */
export function withEdit(card: Card, now: number): Card {
  const { editing = [] } = card;
  return { ...card, editing: [...editing.filter((since) => now < since + editSettlesAfterMs), now] };
}

export function withoutEdit({ editing = [], ...card }: Card, since: number): Card {
  const index = editing.indexOf(since);
  const others = editing.filter((_, at) => at !== index);
  return others.length > 0 ? { ...card, editing: others } : card;
}
