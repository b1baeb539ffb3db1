import type { ConnectionOptions } from 'bullmq';
import { Queue } from 'bullmq';
import type { HostId } from '../domain/hosts/host.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { Log } from '../ports/log.ts';
import { within } from './deadline.ts';
import { digest, prefix, queueNames, queueOf, taskOf } from './payloads.ts';

export interface JobQueueOptions {
  /** With `enableOfflineQueue: false`, so that calls fail at once while Redis is down. The caller closes it. */
  readonly connection: ConnectionOptions;
  readonly clock: () => number;
  readonly log: Log;
}

export interface JobQueue extends Jobs {
  depths(): Promise<Readonly<Record<string, number>>>;
  close(deadlineMs: number): Promise<void>;
}

/** The next sweep, or the next poll, does without the hint. */
const hintMs = 2000;
const manyMs = 30_000;

/** `pollAt` and `enqueue` never reject: a hint that Redis did not take is logged and lost. */
export function jobQueue({ connection, clock, log }: JobQueueOptions): JobQueue {
  const options = {
    connection,
    prefix,
    streams: { events: { maxLen: 1000 } },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: { age: 24 * 3600, count: 1000 } },
  };
  const polls = new Queue(queueNames.polls, options);
  const requests = new Queue(queueNames.requests, options);
  const tasks = new Queue(queueNames.tasks, options);
  const all = [polls, requests, tasks];
  const queues = { requests, tasks };
  for (const queue of all) {
    queue.on('error', (error) => log.debug({ queue: queue.name, error }, 'queue lost Redis'));
  }

  async function hint(work: Promise<unknown>, what: object): Promise<void> {
    try {
      await within(hintMs, work);
    } catch (error) {
      log.warn({ ...what, error }, 'lost a hint to the worker');
    }
  }

  /** When this process asked for a poll, by a clock that no step moves. */
  const asked = new Map<HostId, number>();

  return {
    async poll(hostIds, againAfterMs = 0) {
      const now = performance.now();
      for (const [hostId, at] of asked) if (now - at >= againAfterMs) asked.delete(hostId);
      const wanted = hostIds.filter((hostId) => !asked.has(hostId));
      const bulk = wanted.map((hostId) => ({
        name: 'poll',
        data: { hostId },
        opts: { deduplication: { id: digest(hostId) } },
      }));
      if (bulk.length > 0) await within(manyMs, polls.addBulk(bulk));
      for (const hostId of wanted) asked.set(hostId, now);
    },

    async pollsWaiting() {
      return within(hintMs, polls.getWaitingCount());
    },

    async endSchedules() {
      const schedulers = await within(manyMs, polls.getJobSchedulers());
      await within(manyMs, Promise.all(schedulers.map(async ({ key }) => polls.removeJobScheduler(key))));
    },

    async pollAt(hostId, at) {
      // The same moment twice is one job; a doubled poll that runs after it finds a fresh reading.
      const jobId = `at-${digest(hostId)}-${Math.round(at)}`;
      const delay = Math.max(0, Math.round(at - clock()));
      await hint(polls.add('poll', { hostId, at }, { jobId, delay, attempts: 3, backoff: 1000 }), {
        hostId,
        at,
      });
    },

    async enqueue(items) {
      // One job per item waits or runs; a hint while it runs makes it run once more, for what it has read may be old.
      const bulk = items.map(taskOf).map(({ name, payload, id }) => ({
        name,
        data: payload,
        opts: { deduplication: { id, keepLastIfActive: true } },
      }));
      await Promise.all(
        (['requests', 'tasks'] as const).map(async (queue) => {
          const jobs = bulk.filter(({ name }) => queueOf(name) === queue);
          if (jobs.length > 0) await hint(queues[queue].addBulk(jobs), { items: jobs.length });
        }),
      );
    },

    async enqueueAt(item, at) {
      const { name, payload, id } = taskOf(item);
      const delay = Math.max(0, Math.round(at - clock()));
      const jobId = `at-${id}-${Math.round(at)}`;
      await hint(queues[queueOf(name)].add(name, payload, { jobId, delay }), { item, at });
    },

    async depths() {
      const waiting = all.map(async (queue) => [queue.name, await queue.getWaitingCount()] as const);
      return Object.fromEntries(await within(hintMs, Promise.all(waiting)));
    },

    async close(deadlineMs) {
      try {
        await within(deadlineMs, Promise.all(all.map(async (queue) => queue.close())));
      } catch (error) {
        log.warn({ error }, 'queues did not close in time');
      }
    },
  };
}
