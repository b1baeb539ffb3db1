import type { Alert } from '../../domain/alerts/alert.ts';
import { cardsOfAlert } from '../../domain/cards/of-subject.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { HostState, TrackedSession } from '../../domain/sessions/host-state.ts';
import { isNews } from '../../domain/sessions/origin.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'jobs' | 'hostStates'>;

/** Keeps with the open sessions of a host who is behind them, and in one step with their alerts. */
export async function keepOrigins(ports: UsedPorts, known: HostState, origins: Origins): Promise<void> {
  const { alerts, jobs, hostStates } = ports;
  // Of most hosts the log tells nothing new, which what is known of them a moment ago shows without another look.
  for (
    let hostState: HostState | undefined = known;
    hostState;
    hostState = await hostStates.get(known.host.id)
  ) {
    const changed = hostState.trackedSessions.filter(
      ({ ref, session }) => origins.has(ref) && isNews(session, origins.get(ref)),
    );
    if (changed.length === 0) return;
    const told = new Map(changed.map((tracked) => [tracked.ref, withKnown(tracked, origins)]));
    const after = {
      ...hostState,
      trackedSessions: hostState.trackedSessions.map((tracked) => told.get(tracked.ref) ?? tracked),
    };
    const raised = await alerts.many(changed.flatMap(({ alertId }) => alertId ?? []));
    // An older version of the bot may have dropped it from one of the two.
    const news = raised
      .filter(({ ref, session }) => isNews(session, origins.get(ref)))
      .map((alert): Alert => ({ ...alert, session: withOrigin(alert.session, origins.get(alert.ref)) }));
    if ((await hostStates.save(hostState, after, news)) === 'saved') {
      const cards = news.flatMap(cardsOfAlert).map((key) => ({ kind: 'card', key }) as const);
      if (cards.length > 0) await jobs.enqueue(cards);
      return;
    }
  }
}

function withKnown(tracked: TrackedSession, origins: Origins): TrackedSession {
  return { ...tracked, session: withOrigin(tracked.session, origins.get(tracked.ref)) };
}
