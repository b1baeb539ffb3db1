import { memo } from 'preact/compat';
import type { Pick } from '../../../simulator/slack/find-control.ts';
import type { ShownMessage } from '../shown.ts';
import { Blocks } from './blocks/block.tsx';
import { Mrkdwn } from './blocks/text.tsx';
import { send } from './deeds.ts';
import { Mark } from './mark.tsx';
import { useReader, useWorkspace } from './reader.ts';
import { SurfaceContext } from './surface.ts';

export interface MessageProps {
  readonly message: ShownMessage;
  /** How many messages answer it in its thread. */
  readonly replies?: number;
  readonly onThread?: (ts: string) => void;
}

/** One message of the bot, with its blocks. */
export const MessageItem = memo(({ message, replies = 0, onThread }: MessageProps) => {
  const { me } = useWorkspace();
  const { timeZone } = useReader();
  const { channel, ts, blocks, text, isPrivate, edits } = message;
  const at = Number(ts) * 1000;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at);
  const surface = {
    errors: {},
    use: async (pick: Pick) => send({ do: 'use', as: me, place: { channel, ts }, ...pick, form: {} }),
  };
  return (
    <article class="message" data-private={isPrivate} aria-label={`Bastion Bot at ${time}`}>
      <Mark />
      <div class="content">
        {isPrivate && <p class="private">Only visible to you</p>}
        <p class="byline">
          <strong>Bastion Bot</strong> <span class="app">App</span>{' '}
          <time dateTime={new Date(at).toISOString()}>{time}</time>
        </p>
        <div class="news" data-edited={edits === 0 ? undefined : edits % 2}>
          <SurfaceContext.Provider value={surface}>
            {blocks.length > 0 ? (
              <Blocks blocks={blocks} />
            ) : (
              <div class="lines">
                <Mrkdwn text={text} />
              </div>
            )}
          </SurfaceContext.Provider>
        </div>
        {replies > 0 && (
          <button type="button" class="thread-link" onClick={() => onThread?.(ts)}>
            {replies === 1 ? '1 reply' : `${String(replies)} replies`}
          </button>
        )}
      </div>
    </article>
  );
});
