import { useState } from 'preact/hooks';
import type { Health } from '../../../simulator/azure/healths.ts';
import { healths } from '../../../simulator/azure/healths.ts';
import type { ShownHost, ShownSession } from '../shown.ts';
import { send } from './deeds.ts';
import { useTicking, useWorkspace } from './reader.ts';
import { StartSession } from './start-session.tsx';
import { useDo } from './trouble.ts';

const meaning: Readonly<Record<Health, string>> = {
  well: 'Answers',
  silent: 'Is silent',
  throttled: 'Throttles',
  forbidden: 'Forbids',
  'other shape': 'Answers in another shape',
  boundless: 'Answers with gigabytes',
};

/** The Bastion hosts and their sessions as they are, whatever the bot knows of them. */
export function Hosts({ hosts }: { readonly hosts: readonly ShownHost[] }) {
  const { canRestartBot } = useWorkspace();
  const [isRestarting, setRestarting] = useState(false);
  const perform = useDo();
  useTicking(true);
  return (
    <>
      <StartSession hosts={hosts} />
      {hosts.map((host) => (
        <Host key={host.id} host={host} />
      ))}
      {canRestartBot && (
        <button
          type="button"
          class="button"
          data-busy={isRestarting}
          onClick={() => {
            setRestarting(true);
            perform(send({ do: 'restartBot' }).finally(() => setRestarting(false)));
          }}
        >
          {isRestarting ? 'The bot restarts…' : 'Restart the bot'}
        </button>
      )}
    </>
  );
}

function Host({ host }: { readonly host: ShownHost }) {
  const perform = useDo();
  const { id, name, health, count, sessions } = host;
  const rest = count - sessions.length;
  return (
    <section class="host" data-health={health} aria-label={name}>
      <header>
        <h3>{name}</h3>
        <select
          aria-label={`How ${name} behaves`}
          value={health}
          onChange={({ currentTarget }) => {
            const chosen = healths.find((each) => each === currentTarget.value) ?? 'well';
            perform(send({ do: 'setHealth', host: id, health: chosen }));
          }}
        >
          {healths.map((each) => (
            <option key={each} value={each}>
              {meaning[each]}
            </option>
          ))}
        </select>
      </header>
      {sessions.length === 0 && <p class="empty">No session.</p>}
      <ul>
        {sessions.map((session) => (
          <Session key={session.id} host={id} session={session} />
        ))}
      </ul>
      {rest > 0 && <p class="empty">and {rest.toLocaleString('en-US')} more</p>}
    </section>
  );
}

function Session({ host, session }: { readonly host: string; readonly session: ShownSession }) {
  const perform = useDo();
  const { id, vm, login, protocol, startedAt, isGhost } = session;
  return (
    <li>
      <span class="who">
        <strong>{vm}</strong> {login || '(blank)'}
        <small>
          {protocol} · {ageOf(Date.now() - startedAt)}
          {isGhost && ' · ghost'}
        </small>
      </span>
      <button
        type="button"
        class="button small"
        aria-label={`End the session of ${login} on ${vm}`}
        onClick={() => perform(send({ do: 'endSession', host, session: id }))}
      >
        End
      </button>
    </li>
  );
}

function ageOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${String(Math.max(0, Math.floor(ms / 1000)))} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${String(minutes)} min`;
  return hours < 48
    ? `${String(hours)} h ${String(minutes % 60)} min`
    : `${String(Math.floor(hours / 24))} d`;
}
