import { useMemo, useRef, useState } from 'preact/hooks';
import type { ShownMessage } from '../shown.ts';
import { Behind } from './behind.tsx';
import { Confirming } from './confirm.tsx';
import { Conversation } from './conversation.tsx';
import { useFollowing } from './following.ts';
import { HomeTab } from './home-tab.tsx';
import type { Live } from './live.ts';
import { useLive } from './live.ts';
import { Modal } from './modal.tsx';
import { Notices } from './notices.tsx';
import { WorkspaceContext } from './reader.ts';
import type { Route } from './route.ts';
import { useRoute } from './route.ts';
import { nameOf, Sidebar } from './sidebar.tsx';
import { StoryBar } from './story-bar.tsx';
import { useTheme } from './theme.ts';
import { Thread } from './thread.tsx';
import { TopBar } from './top-bar.tsx';
import { TroubleContext } from './trouble.ts';
import { useUnread } from './unread.ts';

export function App() {
  const [route, go] = useRoute();
  const live = useLive(route.person, () => go({ person: undefined, place: undefined }));
  if (live.parts.workspace.me === '') {
    return <p class="waiting">{live.isConnected ? '' : 'Waiting for the demo…'}</p>;
  }
  return (
    <WorkspaceContext.Provider value={live.parts.workspace}>
      <Confirming>
        <Window key={live.parts.workspace.me} live={live} route={route} go={go} />
      </Confirming>
    </WorkspaceContext.Provider>
  );
}

interface WindowProps {
  readonly live: Live;
  readonly route: Route;
  readonly go: (route: Route) => void;
}

/** The workspace as one person has it before them. */
function Window({ live, route, go }: WindowProps) {
  const { workspace, story, modals, notices, home, hosts, requests } = live.parts;
  const { me, channels } = workspace;
  const [theme, setTheme] = useTheme();
  const [isBehindOpen, setBehindOpen] = useState(() => innerWidth >= 1100);
  const [thread, setThread] = useState<string>();
  const [trouble, setTrouble] = useState('');
  const main = useRef<HTMLElement>(null);

  const isHome = route.place === 'home';
  const direct = channels.find(({ kind }) => kind === 'direct');
  const channel = (isHome ? direct : channels.find(({ id }) => id === route.place)) ?? channels[0] ?? direct;
  const place = channel?.id ?? '';
  const messages = useMemo(() => byTime(live.messages.values(), place), [live.messages, place]);
  const unread = useUnread(live.messages, place);
  const look = (to: string) => go({ person: me, place: to });
  const settle = useFollowing(live, route.place !== undefined, look);
  const move = (to: string) => {
    setThread(undefined);
    settle();
    look(to);
  };

  const modal = modals.at(-1);
  return (
    <TroubleContext.Provider value={setTrouble}>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // The address says who looks at what, so it has to stay.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the messages
      </a>
      <TopBar
        theme={theme}
        onTheme={setTheme}
        onPerson={(person) => go({ person, place: route.place })}
        onBehind={() => setBehindOpen(!isBehindOpen)}
      />
      <StoryBar story={story} />
      <div class="window" onPointerDown={settle} onInput={settle}>
        <Sidebar place={place} unread={unread} onGo={move} />
        <main ref={main} id="main" tabIndex={-1} aria-label={channel && nameOf(channel)}>
          <header>
            <h2>{channel && nameOf(channel)}</h2>
            {channel?.kind === 'direct' && (
              <div class="tabs">
                <button type="button" aria-pressed={isHome} onClick={() => move('home')}>
                  Home
                </button>
                <button type="button" aria-pressed={!isHome} onClick={() => move(place)}>
                  Messages
                </button>
              </div>
            )}
          </header>
          {isHome ? (
            <HomeTab view={home} />
          ) : (
            channel && (
              <Conversation channel={place} name={nameOf(channel)} messages={messages} onThread={setThread} />
            )
          )}
        </main>
        {thread !== undefined && messages.some(({ ts }) => ts === thread) && (
          <Thread ts={thread} messages={messages} onClose={() => setThread(undefined)} />
        )}
        {isBehindOpen && <Behind hosts={hosts} requests={requests} onClose={() => setBehindOpen(false)} />}
      </div>
      <Notices
        notices={notices}
        trouble={live.isConnected ? trouble : 'The demo does not answer. Is it still running?'}
        onDismiss={() => setTrouble('')}
      />
      {modal && <Modal key={modal.id} view={modal} />}
    </TroubleContext.Provider>
  );
}

function byTime(messages: Iterable<ShownMessage>, place: string): readonly ShownMessage[] {
  return [...messages].filter(({ channel }) => channel === place).sort((a, b) => Number(a.ts) - Number(b.ts));
}
