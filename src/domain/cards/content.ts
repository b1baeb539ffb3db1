import type { Alert } from '../alerts/alert.ts';
import { isOpen } from '../alerts/alert.ts';
import type { Snooze } from '../alerts/handling.ts';
import type { Outage } from '../alerts/outage.ts';
import { isLasting } from '../alerts/outage.ts';
import type { Silence } from '../alerts/silence.ts';
import { isSilent } from '../alerts/silence.ts';
import type { DisconnectPolicy, Principal } from '../policy/policy.ts';
import type { Batch } from '../requests/batch.ts';
import type { GoneRequest } from '../requests/gone.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import { isSettled } from '../requests/phases.ts';
import type { KnownOwner } from '../sessions/owner.ts';
import type { CardKey, CardKind } from './kinds.ts';
import { wakeCard } from './of-subject.ts';

export type CardContent<Kind extends CardKind = CardKind> = {
  readonly [K in Kind]: { readonly card: K } & CardContents[K];
}[Kind];

/** As it is sent. `mayBeTwice`: whether an earlier post of the same can be seen is unknown. */
export type SentContent = CardContent & { readonly mayBeTwice?: true };

export interface CardContents {
  readonly alert: { readonly alert: Alert } & Offering;
  readonly 'alert-steps': { readonly alert: Alert };
  readonly 'alert-wake': { readonly alert: Alert; readonly snooze: Snooze };
  readonly silence: { readonly silence: Silence };
  readonly outage: { readonly outage: Outage };
  readonly request: { readonly request: DisconnectRequest; readonly owner?: KnownOwner } & Offering;
  readonly outcome: { readonly request: DisconnectRequest };
  readonly unasked: { readonly request: DisconnectRequest };
  readonly 'owner-told': OwnerTold;
  readonly batch: BatchContent & Offering & BatchExtras;
  readonly 'batch-outcome': BatchContent;
  readonly 'batch-unasked': BatchContent;
}

interface Offering {
  readonly approval: DisconnectPolicy['approval'];
}

export interface OwnerTold {
  readonly request: GoneRequest;
  readonly whomToAsk: readonly Principal[];
  readonly saysWho: boolean;
}

interface BatchContent {
  readonly batch: Batch;
  readonly members: readonly DisconnectRequest[];
}

interface BatchExtras {
  readonly command?: string;
  readonly owners?: ReadonlyMap<string, KnownOwner>;
}

export function keyOf(content: CardContent): CardKey {
  switch (content.card) {
    case 'alert':
    case 'alert-steps':
      return { card: content.card, id: content.alert.id };
    case 'alert-wake':
      return wakeCard(content.alert, content.snooze);
    case 'silence':
      return { card: content.card, id: content.silence.id };
    case 'outage':
      return { card: content.card, id: content.outage.id };
    case 'request':
    case 'outcome':
    case 'unasked':
    case 'owner-told':
      return { card: content.card, id: content.request.id };
    case 'batch':
    case 'batch-outcome':
    case 'batch-unasked':
      return { card: content.card, id: content.batch.id };
  }
}

export function stillAsks(content: CardContent): boolean {
  switch (content.card) {
    case 'alert':
      return isOpen(content.alert);
    case 'silence':
      return isSilent(content.silence) && content.silence.outageId === undefined;
    case 'outage':
      return isLasting(content.outage);
    case 'request':
      return !isSettled(content.request);
    case 'batch':
      return !content.members.every(isSettled);
    case 'batch-outcome':
    case 'batch-unasked':
    case 'alert-steps':
    case 'alert-wake':
    case 'outcome':
    case 'unasked':
    case 'owner-told':
      return false;
  }
}
