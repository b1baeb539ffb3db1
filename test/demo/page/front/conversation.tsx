import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShownMessage } from '../shown.ts';
import { Composer } from './composer.tsx';
import { MessageItem } from './message.tsx';

export interface ConversationProps {
  readonly channel: string;
  /** As people call it, e.g. `#alerts`. */
  readonly name: string;
  /** Of this channel, oldest first. */
  readonly messages: readonly ShownMessage[];
  readonly onThread: (ts: string) => void;
}

const nearPx = 120;

/** The messages of a channel and the box to type in. */
export function Conversation({ channel, name, messages, onThread }: ConversationProps) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const roots = messages.filter(({ ts, threadTs }) => threadTs === undefined || threadTs === ts);
  const newest = roots.at(-1);

  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [newest?.key, newest?.edits, channel]);

  return (
    <>
      <div
        ref={list}
        class="messages"
        role="log"
        aria-label={`Messages in ${name}`}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearPx;
        }}
      >
        {roots.length === 0 && <p class="empty">Nothing was said here yet.</p>}
        {roots.map((message) => (
          <MessageItem
            key={message.key}
            message={message}
            replies={
              messages.filter(({ ts, threadTs }) => threadTs === message.ts && ts !== message.ts).length
            }
            onThread={onThread}
          />
        ))}
      </div>
      <Composer key={channel} channel={channel} name={name} />
    </>
  );
}
