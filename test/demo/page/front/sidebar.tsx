import type { ShownChannel } from '../shown.ts';
import { useWorkspace } from './reader.ts';

export interface SidebarProps {
  /** The id of a channel. */
  readonly place: string;
  readonly unread: ReadonlyMap<string, number>;
  readonly onGo: (place: string) => void;
}

/** Where one can look: channels, and the conversation with the bot. */
export function Sidebar({ place, unread, onGo }: SidebarProps) {
  const { channels } = useWorkspace();
  const open = channels.filter(({ kind }) => kind !== 'direct');
  const item = (channel: ShownChannel) => {
    const count = unread.get(channel.id) ?? 0;
    return (
      <li key={channel.id}>
        <button
          type="button"
          aria-current={place === channel.id ? 'page' : undefined}
          data-unread={count > 0}
          onClick={() => onGo(channel.id)}
        >
          <span>{nameOf(channel)}</span>
          {count > 0 && (
            <span class="badge">
              {count}
              <span class="hidden"> new</span>
            </span>
          )}
        </button>
      </li>
    );
  };
  return (
    <nav class="sidebar" aria-label="Channels">
      {open.length > 0 && <h2>Channels</h2>}
      {open.length > 0 && <ul>{open.map(item)}</ul>}
      <h2>Direct messages</h2>
      <ul>{channels.filter(({ kind }) => kind === 'direct').map(item)}</ul>
    </nav>
  );
}

export function nameOf({ kind, name }: ShownChannel): string {
  return kind === 'direct' ? 'Bastion Bot' : `#${name}`;
}
