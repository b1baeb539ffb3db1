import type { Alert } from '../../domain/alerts/alert.ts';
import { cardsOfAlert } from '../../domain/cards/of-subject.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { HostMemory, Watch } from '../../domain/sessions/host-state.ts';
import { isNews } from '../../domain/sessions/origin.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type Needs = Pick<Ports, 'alerts' | 'jobs' | 'watches'>;

/** Keeps with the open sessions of a host who is behind them, and in one step with their alerts. */
export async function keepOrigins(ports: Needs, known: HostMemory, origins: Origins): Promise<void> {
  const { alerts, jobs, watches } = ports;
  // Of most hosts the log tells nothing new, which what is known of them a moment ago shows without another look.
  for (let memory: HostMemory | undefined = known; memory; memory = await watches.get(known.host.id)) {
    const changed = memory.watches.filter(
      ({ ref, session }) => origins.has(ref) && isNews(session, origins.get(ref)),
    );
    if (changed.length === 0) return;
    const told = new Map(changed.map((watch) => [watch.ref, withKnown(watch, origins)]));
    const after = { ...memory, watches: memory.watches.map((watch) => told.get(watch.ref) ?? watch) };
    const raised = await alerts.many(changed.flatMap(({ alertId }) => alertId ?? []));
    // An older version of the bot may have dropped it from one of the two.
    const news = raised
      .filter(({ ref, session }) => isNews(session, origins.get(ref)))
      .map((alert): Alert => ({ ...alert, session: withOrigin(alert.session, origins.get(alert.ref)) }));
    if ((await watches.save(memory, after, news)) === 'saved') {
      const cards = news.flatMap(cardsOfAlert).map((key) => ({ kind: 'card', key }) as const);
      if (cards.length > 0) await jobs.attend(cards);
      return;
    }
  }
}

function withKnown(watch: Watch, origins: Origins): Watch {
  return { ...watch, session: withOrigin(watch.session, origins.get(watch.ref)) };
}
