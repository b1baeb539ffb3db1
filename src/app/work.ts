import { lettingBe } from '../jobs/let-be.ts';
import { startRounds } from '../jobs/rounds.ts';
import { startWorker } from '../jobs/worker.ts';
import type { Ports } from '../ports/ports.ts';
import { closeRedis } from '../redis/connect.ts';
import { advanceAlert } from '../usecases/alerts/advance-alert.ts';
import { sumRefusals } from '../usecases/audit/sum-refusals.ts';
import { deliverCard } from '../usecases/cards/deliver-card.ts';
import { findDeleted } from '../usecases/cards/find-deleted.ts';
import { findMoved } from '../usecases/cards/find-moved.ts';
import { followHomes } from '../usecases/home/follow-homes.ts';
import { discoverHosts } from '../usecases/hosts/discover-hosts.ts';
import { keepPolling } from '../usecases/hosts/keep-polling.ts';
import { nameOverdue } from '../usecases/hosts/name-overdue.ts';
import { pollDueHosts } from '../usecases/hosts/poll-due-hosts.ts';
import { pollHostOnSchedule } from '../usecases/hosts/poll-on-schedule.ts';
import { tellOutages } from '../usecases/hosts/tell-outages.ts';
import { findOrigins } from '../usecases/origins/find-origins.ts';
import { advanceRequest } from '../usecases/requests/advance-request.ts';
import { closeOvertaken } from '../usecases/requests/close-overtaken.ts';
import { noteAllUnasked } from '../usecases/requests/note-unasked.ts';
import { sweep } from '../usecases/sweep.ts';
import type { ReachedRedis } from './reach.ts';
import type { Start } from './start.ts';
import { drainMs, haltMs } from './stops.ts';

const minuteMs = 60_000;

export function takeJobs(
  { log, clock, account, stops }: Start,
  ports: Ports,
  connect: ReachedRedis['connect'],
): void {
  const advancing = lettingBe({ due: ports.due, clock, account });
  const connection = connect('worker');
  stops.add('worker connection', async () => closeRedis(connection));
  const worker = startWorker({
    connection,
    clock,
    log,
    duties: {
      poll: async (poll) => pollHostOnSchedule(ports, poll),
      card: async (key) => advancing({ kind: 'card', key }, async () => deliverCard(ports, key)),
      alert: async ({ id }) => advancing({ kind: 'alert', id }, async () => advanceAlert(ports, id)),
      request: async ({ id }) => advancing({ kind: 'request', id }, async () => advanceRequest(ports, id)),
    },
  });
  stops.add('worker', async () => worker.close(drainMs));
}

export function goRounds({ log, account, stops }: Start, ports: Ports): void {
  const rounds = startRounds(
    [
      { name: 'sweep', everyMs: 2000, run: async () => sweep(ports) },
      { name: 'discovery', everyMs: 5 * minuteMs, run: async () => discoverHosts(ports) },
      { name: 'turns', everyMs: minuteMs / 2, run: async () => keepPolling(ports) },
      { name: 'polls', everyMs: 250, run: async () => pollDueHosts(ports) },
      { name: 'overdue readings', everyMs: 5000, run: async () => nameOverdue(ports) },
      { name: 'outages', everyMs: 2000, run: async () => tellOutages(ports) },
      { name: 'deleted cards', everyMs: 5000, run: async (stopping) => findDeleted(ports, stopping) },
      { name: 'moved cards', everyMs: minuteMs, run: moveCards(ports) },
      { name: 'who and from where', everyMs: 2500, run: async () => findOrigins(ports) },
      { name: 'overtaken requests', everyMs: 5000, run: async () => closeOvertaken(ports) },
      { name: 'unasked requests', everyMs: 5000, run: async () => noteAllUnasked(ports) },
      { name: 'refusals', everyMs: 5000, run: async () => sumRefusals(ports) },
      { name: 'homes', everyMs: 5000, run: async () => followHomes(ports) },
    ],
    log,
    account,
  );
  stops.add('rounds', async () => rounds.stop(haltMs));
}

function moveCards(ports: Ports): () => Promise<void> {
  let refusedToo = true;
  return async () => {
    await findMoved(ports, { refusedToo });
    refusedToo = false;
  };
}
