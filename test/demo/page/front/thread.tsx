import type { ShownMessage } from '../shown.ts';
import { MessageItem } from './message.tsx';

export interface ThreadProps {
  readonly ts: string;
  /** Of the whole channel. */
  readonly messages: readonly ShownMessage[];
  readonly onClose: () => void;
}

/** A message and what was answered to it. */
export function Thread({ ts, messages, onClose }: ThreadProps) {
  return (
    <section class="thread" aria-label="Thread">
      <header>
        <h2>Thread</h2>
        <button type="button" class="icon" aria-label="Close the thread" onClick={onClose}>
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <div class="messages" role="log" aria-label="Messages of the thread" tabIndex={0}>
        {messages
          .filter((message) => message.ts === ts || message.threadTs === ts)
          .map((message) => (
            <MessageItem key={message.key} message={message} />
          ))}
      </div>
    </section>
  );
}
