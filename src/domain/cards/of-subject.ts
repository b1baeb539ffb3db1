import type { Alert } from '../alerts/alert.ts';
import { isOpen } from '../alerts/alert.ts';
import type { Snooze } from '../alerts/handling.ts';
import type { Outage } from '../alerts/outage.ts';
import type { Silence } from '../alerts/silence.ts';
import { isGone } from '../requests/gone.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import { isNewsToRequester, isPending, isSaid, isSettled } from '../requests/phases.ts';
import { isUnasked } from '../requests/unasked.ts';
import type { CardKey } from './kinds.ts';

/** Replies come only once somebody has done something: one message an alert is enough for most. */
export function cardsOfAlert(alert: Alert): readonly CardKey[] {
  const { id, handling, steps } = alert;
  return [
    { card: 'alert', id },
    ...(steps.length > 0 ? [{ card: 'alert-steps', id } as const] : []),
    ...(handling.is === 'woken' ? [wakeCard(alert, handling)] : []),
  ];
}

/** Those that nothing changes any more, whichever replica delivered them last: the calls at the end of earlier snoozes. */
export function cardsOver(alert: Alert): readonly CardKey[] {
  const { handling, steps } = alert;
  const current = handling.is === 'woken' || handling.is === 'snoozed' ? handling.until : undefined;
  const snoozes = steps.flatMap((step) => (step.did === 'snoozed' ? [step] : []));
  return snoozes
    .filter(({ until }) => until !== current || !isOpen(alert))
    .map((snooze) => wakeCard(alert, snooze));
}

export function wakeCard({ id }: Alert, { until }: Pick<Snooze, 'until'>): CardKey {
  return { card: 'alert-wake', id, at: until };
}

export function cardsOfOutage({ id }: Outage): readonly CardKey[] {
  return [{ card: 'outage', id }];
}

export function cardsOfSilence({ id }: Silence): readonly CardKey[] {
  return [{ card: 'silence', id }];
}

/** The requester hears once, when nothing more will happen. What a batch or an owner is to be told is seen at the delivery. */
export function cardsOfRequest(request: DisconnectRequest): readonly CardKey[] {
  const { id, batchId } = request;
  const unasked = unaskedCards(request);
  const owners: readonly CardKey[] = isGone(request) ? [{ card: 'owner-told', id }] : [];
  if (batchId !== undefined) {
    const batch = askingCardOf(request);
    const outcome: CardKey = { card: 'batch-outcome', id: batchId };
    return isSettled(request) ? [batch, outcome, ...unasked, ...owners] : [batch, ...unasked];
  }
  const card = askingCardOf(request);
  return isNewsToRequester(request)
    ? [card, { card: 'outcome', id }, ...unasked, ...owners]
    : [card, ...unasked];
}

export function askingCardOf({ id, batchId }: DisconnectRequest): CardKey {
  return batchId === undefined ? { card: 'request', id } : { card: 'batch', id: batchId };
}

function unaskedCards({ id, batchId, unasked }: DisconnectRequest): readonly CardKey[] {
  if (!unasked) return [];
  return [batchId === undefined ? { card: 'unasked', id } : { card: 'batch-unasked', id: batchId }];
}

export function changedCardsOfRequest(request: DisconnectRequest): readonly CardKey[] {
  const { state } = request;
  const isTry = state.is === 'sending' && state.waiting !== undefined;
  if (isTry || isSaid(request)) return [];
  // Slack refuses its other card, which is tried again at its own pace.
  return isPending(request) && isUnasked(request) ? unaskedCards(request) : cardsOfRequest(request);
}
