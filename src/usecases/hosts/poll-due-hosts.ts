import type { Ports } from '../../ports/ports.ts';

/** More than a worker reads from one round to the next; while they wait, nobody else has to be found. */
const enough = 250;
const atMost = 1000;
/** Until then a host that is still due is taken to wait in the queue: to ask for it once more costs as much as the first time. */
const askAgainAfterMs = 2000;

/** Asks the worker for the polls whose turn has come. A host whose job is lost is still due at the next round. */
export async function pollDueHosts({
  jobs,
  policy,
  turns,
}: Pick<Ports, 'jobs' | 'policy' | 'turns'>): Promise<void> {
  if ((await jobs.pollsWaiting()) >= enough) return;
  const { everyMs } = policy.polling;
  const due = await turns.due(everyMs, atMost);
  if (due.length > 0) await jobs.poll(due, Math.min(askAgainAfterMs, everyMs / 2));
}
