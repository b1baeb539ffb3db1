import type { MessageRef, Place } from '../../src/domain/cards/card.ts';
import type { CardContent, SentContent } from '../../src/domain/cards/content.ts';
import { keyOf } from '../../src/domain/cards/content.ts';
import type { Channel, ChannelFailure, Updated } from '../../src/ports/channel.ts';

export interface KeptMessage {
  readonly ref: MessageRef;
  readonly place: Place;
  readonly content: SentContent;
  /** The channel where it says that the card is now. */
  readonly movedTo?: string;
}

export interface KeptChannel extends Channel {
  /** What can be seen now, in the order of posting. */
  readonly messages: readonly KeptMessage[];
  /** What Slack does late or never answers is not told to anybody, and is carried out by `arrive`. */
  holdUp(calls: number): void;
  /** The next call that was held up takes effect. */
  arrive(): void;
  /** How often a post and an edit were asked for. */
  readonly calls: { post: number; update: number };
  /** Whether it may read what it has posted; not from the start. */
  mayRead: boolean;
  /** The next call fails so; `unsure` does what it was asked to nevertheless. */
  failNext(failure: ChannelFailure): void;
  remove(ref: MessageRef): void;
}

export function keptChannel(): KeptChannel {
  const messages: KeptMessage[] = [];
  const failures: ChannelFailure[] = [];
  const heldUp: (() => void)[] = [];
  const calls = { post: 0, update: 0 };
  let toHold = 0;
  const indexOf = ({ message }: MessageRef) => messages.findIndex(({ ref }) => ref.message === message);
  const isThere = (message: string) => messages.some(({ ref }) => ref.message === message);
  const carriesOut = (failure: ChannelFailure | undefined) => !failure || failure.why === 'unsure';
  const isHeld = (effect: () => void) => {
    if (toHold === 0) return false;
    toHold -= 1;
    heldUp.push(effect);
    return true;
  };
  const unsure: ChannelFailure = { ok: false, why: 'unsure' };
  const edit = (ref: MessageRef, changes: Partial<KeptMessage>): Updated => {
    const failure = failures.shift();
    const apply = () => {
      const index = indexOf(ref);
      const shown = messages[index];
      if (shown) messages[index] = { ...shown, ...changes };
    };
    if (indexOf(ref) === -1) return { ok: false, why: 'message-gone' };
    if (isHeld(apply)) return unsure;
    if (carriesOut(failure)) apply();
    return failure ?? { ok: true };
  };
  return {
    messages,
    calls,
    mayRead: false,
    holdUp: (wanted) => {
      toHold = wanted;
    },
    arrive: () => heldUp.shift()?.(),
    failNext: (failure) => {
      failures.push(failure);
    },
    remove: (ref) => {
      messages.splice(indexOf(ref), 1);
    },
    post: async (place, content) => {
      calls.post += 1;
      const failure = failures.shift();
      const channel = 'channel' in place ? place.channel : `D${place.user}`;
      const ref = { channel, message: `message-${calls.post}` };
      const thread = 'thread' in place ? place.thread : undefined;
      const isStray = thread !== undefined && !isThere(thread);
      const apply = () => messages.push({ ref, place: isStray ? { channel } : place, content });
      if (isHeld(apply)) return unsure;
      if (carriesOut(failure)) apply();
      if (failure) return failure;
      if (isStray) return { ok: true, message: ref, isStray };
      return { ok: true, message: thread === undefined ? ref : { ...ref, thread } };
    },
    update: async (ref, content) => {
      calls.update += 1;
      return edit(ref, { content });
    },
    sayMoved: async (ref, _content, to) => edit(ref, { movedTo: to }),
    async find(place, content) {
      if (!this.mayRead) return { ok: false, why: 'may-not-read' };
      const found = messages.filter(
        ({ ref, ...each }) =>
          cardOf(each.content) === cardOf(content) &&
          ref.channel === ('channel' in place ? place.channel : `D${place.user}`),
      );
      const isInPlace = (each: KeptMessage) => !('thread' in place) || 'thread' in each.place;
      const strays = found.filter((each) => !isInPlace(each)).map(({ ref }) => ref);
      return {
        ok: true,
        messages: found.filter(isInPlace).map(({ ref }) => ref),
        ...(strays.length > 0 && { strays }),
      };
    },
    look: async (ref) => {
      const failure = failures.shift();
      return failure ?? (indexOf(ref) === -1 ? { ok: false, why: 'message-gone' } : { ok: true });
    },
    delete: async (ref) => {
      const failure = failures.shift();
      const index = indexOf(ref);
      if (index === -1) return { ok: false, why: 'message-gone' };
      if (carriesOut(failure)) messages.splice(index, 1);
      return failure ?? { ok: true };
    },
  };
}

/** Which card it is, whatever its state. */
function cardOf(content: CardContent): string {
  return `${content.card} ${keyOf(content).id}`;
}
