import { useEffect, useState } from 'preact/hooks';
import type { Parts, Patch, ShownMessage } from '../shown.ts';
import { isPatch } from '../shown.ts';

/** What the window shows now. */
export interface Live {
  readonly parts: Parts;
  /** By key, oldest first. */
  readonly messages: ReadonlyMap<string, ShownMessage>;
  /** The message that was posted or changed last, after the window opened. */
  readonly latest: ShownMessage | undefined;
  readonly isConnected: boolean;
}

const nothing: Parts = {
  workspace: {
    team: '',
    me: '',
    people: [],
    groups: [],
    channels: [],
    commands: [],
    canRestartBot: false,
  },
  modals: [],
  home: null,
  notices: [],
  hosts: [],
  requests: [],
  story: { is: 'none', caption: '' },
};

const before: Live = { parts: nothing, messages: new Map(), latest: undefined, isConnected: false };

/**
 * Follows what a person sees, the first person where none is named; `onNobody` where there is no such person. A hidden
 * window does not listen: browsers open six streams at most.
 */
export function useLive(person: string | undefined, onNobody: () => void): Live {
  const [live, setLive] = useState(before);
  useEffect(() => {
    setLive(before);
    let source: EventSource | undefined;
    const listen = () => {
      source?.close();
      source = undefined;
      if (document.hidden) return;
      source = new EventSource(person === undefined ? '/events' : `/events?as=${encodeURIComponent(person)}`);
      source.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const patch: unknown = JSON.parse(data);
        if (isPatch(patch)) setLive((known) => patched(known, patch));
      });
      source.addEventListener('error', () => {
        // Where nobody answers, the browser tries again by itself.
        if (person !== undefined && source?.readyState === EventSource.CLOSED) onNobody();
        else setLive((known) => ({ ...known, isConnected: false }));
      });
    };
    listen();
    document.addEventListener('visibilitychange', listen);
    return () => {
      document.removeEventListener('visibilitychange', listen);
      source?.close();
    };
  }, [person]);
  return live;
}

function patched(known: Live, { isWhole, parts, messages, gone }: Patch): Live {
  const all = new Map(isWhole ? [] : known.messages);
  for (const key of gone) all.delete(key);
  for (const message of messages) all.set(message.key, message);
  return {
    parts: { ...(isWhole ? nothing : known.parts), ...parts },
    messages: all,
    latest: isWhole ? known.latest : (messages.at(-1) ?? known.latest),
    isConnected: true,
  };
}
