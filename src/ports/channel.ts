import type { MessageRef, Place } from '../domain/cards/card.ts';
import type { SentContent } from '../domain/cards/content.ts';

/** Posts and edits cards. Failures are values: what follows from each is decided by delivery. */
export interface Channel {
  /** Never repeats a call by itself: an answer that was lost is `unsure`. */
  post(place: Place, content: SentContent): Promise<Posted>;
  update(message: MessageRef, content: SentContent): Promise<Updated>;
  /** Messages that bear this card, of a post begun at `since` whose answer was lost; the oldest first. */
  find(place: Place, content: SentContent, since: number): Promise<Found>;
  delete(message: MessageRef): Promise<Updated>;
  /** Edits the message of a card that is in this other channel now, so that it says so and offers nothing. */
  sayMoved(message: MessageRef, content: SentContent, to: string): Promise<Updated>;
  /** Whether the message is there still: `message-gone` where it is not. Changes nothing. */
  look(message: MessageRef): Promise<Updated>;
}

export type Posted =
  /** `isStray`: the message to reply to was gone, so it stands in the channel for itself. */
  { readonly ok: true; readonly message: MessageRef; readonly isStray?: true } | ChannelFailure;
export type Found =
  /** `strays`: of a reply, those that stand in the channel for themselves. */
  | {
      readonly ok: true;
      readonly messages: readonly MessageRef[];
      readonly strays?: readonly MessageRef[];
    }
  /** The app was not given the scope to read what it has posted. */
  | { readonly ok: false; readonly why: 'may-not-read' }
  | ChannelFailure;
export type Updated = { readonly ok: true } | ChannelFailure;

export type ChannelFailure = { readonly ok: false } & (
  | { readonly why: 'rate-limited'; readonly retryAt: number }
  /** The call may or may not have been carried out. `isAnswered`: Slack said so itself, in time. */
  | { readonly why: 'unsure'; readonly isAnswered?: true }
  /** The call certainly was not carried out; later it may be. */
  | { readonly why: 'unreachable' }
  /** It was deleted, or Slack lets nobody change it any more. */
  | { readonly why: 'message-gone' }
  /** Other companies read in this channel: nothing was sent. */
  | { readonly why: 'shared-channel' }
  /** `code` is Slack's name for the reason, e.g. `not_in_channel`; a person has to change something first. */
  | { readonly why: 'refused'; readonly code: string }
);
