import { refusedLately } from '../../domain/cards/trouble.ts';
import type { Overview, Waiting } from '../../domain/home/home.ts';
import { isPending } from '../../domain/requests/phases.ts';
import { entriesOf } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { readPolling } from '../hosts/read-polling.ts';

type UsedPorts = Pick<
  Ports,
  'alerts' | 'batches' | 'cards' | 'hostStates' | 'hosts' | 'logAsks' | 'requests'
> &
  Needs<typeof readPolling>;

/** More than one home shows, so that those nobody has in hand are among them. */
const alertsRead = 50;

export async function readOverview(ports: UsedPorts): Promise<Overview> {
  const { alerts, cards, hosts, logAsks, hostStates } = ports;
  const [states, discovery, polling, logStanding, waiting, troubled] = await Promise.all([
    hostStates.all(),
    hosts.lastDiscovery(),
    readPolling(ports),
    logAsks.last(),
    readWaiting(ports),
    cards.inTrouble(),
  ]);
  const alerted = entriesOf(states)
    .toSorted((a, b) => a.tracked.session.startedAt - b.tracked.session.startedAt)
    .flatMap(({ tracked }) => tracked.alertId ?? []);
  const shown = await alerts.many(alerted.slice(0, alertsRead));
  return {
    states,
    discovery,
    polling,
    logStanding,
    alerts: { shown, count: alerted.length },
    waiting,
    alertsRefused: refusedLately(troubled, 'alerts'),
  };
}

/** Requests that nobody has decided, the oldest first; a batch that cannot be read in full is left out. */
async function readWaiting({ batches, requests }: UsedPorts): Promise<readonly Waiting[]> {
  const pending = (await requests.unsettled()).filter(isPending).toSorted((a, b) => a.askedAt - b.askedAt);
  const batchIds = new Set(pending.flatMap(({ batchId }) => batchId ?? []));
  const several = await Promise.all(
    [...batchIds].map(async (id) => {
      const found = await readBatch({ batches, requests }, id).catch(asUnreadable);
      return found instanceof UnreadableRecord ? [] : found;
    }),
  );
  const single = pending
    .filter(({ batchId }) => batchId === undefined)
    .map((request): Waiting => ({ is: 'request', request }));
  return [...single, ...several.flat()].toSorted((a, b) => askedAt(a) - askedAt(b));
}

async function readBatch(
  { batches, requests }: Pick<Ports, 'batches' | 'requests'>,
  id: string,
): Promise<readonly Waiting[]> {
  const batch = await batches.get(id);
  return batch ? [{ is: 'batch', batch, members: await requests.many(batch.requestIds) }] : [];
}

function askedAt(waiting: Waiting): number {
  return waiting.is === 'request' ? waiting.request.askedAt : waiting.batch.askedAt;
}
