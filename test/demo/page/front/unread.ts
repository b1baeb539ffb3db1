import { useRef } from 'preact/hooks';
import type { ShownMessage } from '../shown.ts';

/** How much was said in each channel since this window last looked there; what was there at first counts as read. */
export function useUnread(
  messages: ReadonlyMap<string, ShownMessage>,
  place: string,
): ReadonlyMap<string, number> {
  const read = useRef<Set<string>>(undefined);
  read.current ??= new Set(messages.keys());
  const unread = new Map<string, number>();
  for (const { key, channel } of messages.values()) {
    if (channel === place) read.current.add(key);
    else if (!read.current.has(key)) unread.set(channel, (unread.get(channel) ?? 0) + 1);
  }
  return unread;
}
