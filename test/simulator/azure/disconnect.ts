import { setTimeout } from 'node:timers';
import type { DisconnectOutcome, Style } from './behaviour.ts';
import type { SimulatedHost } from './host.ts';

type State = 'Disconnected' | 'Failed' | 'NotFound';

/** Ends these sessions, as far as the host lets it, and says per session what became of it. */
export function disconnectSessions(host: SimulatedHost, ids: readonly string[], style: Style): unknown {
  const states = ids.map((sessionId) => {
    host.disconnects.push(sessionId);
    const session = host.sessions().find(({ id }) => id === sessionId);
    const state = session ? stateFor(style.disconnect) : 'NotFound';
    const ends = state === 'Disconnected' && style.disconnect !== 'stays' && !session?.ghost;
    if (ends) end(host, sessionId, style.disconnectTakesMs);
    return { sessionId, message: `session ${sessionId} ${messages[state]}`, state };
  });
  const { body } = style;
  if (typeof body === 'object') return 'json' in body ? body.json : undefined;
  return body === 'array' ? states : { value: states };
}

const messages: Readonly<Record<State, string>> = {
  Disconnected: 'invalidated!',
  Failed: 'could not be disconnected!',
  NotFound: 'not found!',
};

function stateFor(outcome: DisconnectOutcome): State {
  return outcome === 'fails' ? 'Failed' : outcome === 'not-found' ? 'NotFound' : 'Disconnected';
}

function end(host: SimulatedHost, sessionId: string, afterMs: number): void {
  if (afterMs === 0) host.endSession(sessionId);
  else setTimeout(() => host.endSession(sessionId), afterMs).unref();
}
