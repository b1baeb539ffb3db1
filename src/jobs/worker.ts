import type { ConnectionOptions, Job } from 'bullmq';
import { DelayedError, UnrecoverableError, Worker } from 'bullmq';
import type { z } from 'zod';
import type { Log } from '../ports/log.ts';
import { within } from './deadline.ts';
import { jobsInHand } from './in-hand.ts';
import type { Payload, TaskName } from './payloads.ts';
import { payloads, prefix, queueNames } from './payloads.ts';

/** What each job does. `busy`: somebody else reads this host now. */
export type Duties = {
  readonly [Name in TaskName]: (payload: Payload<Name>) => Promise<void>;
} & { readonly poll: (poll: Payload<'poll'>) => Promise<'done' | 'busy'> };

export interface WorkerOptions {
  /** An ioredis instance with `maxRetriesPerRequest: null`. Not closed here; BullMQ duplicates it for its blocking calls. */
  readonly connection: ConnectionOptions;
  readonly duties: Duties;
  readonly log: Log;
  readonly clock: () => number;
  readonly concurrency?: Readonly<Record<keyof typeof queueNames, number>>;
}

export interface RunningWorker {
  /** Lets running jobs finish until the deadline; what is left runs again elsewhere. Returns in time with Redis down too. */
  close(deadlineMs: number): Promise<void>;
}

const busyRetryMs = 1000;

/** A crashed worker's jobs run again after at most 20 s; an outage of Redis longer than the lock may run one twice. */
const shared = { prefix, lockDuration: 15_000, stalledInterval: 5000, maxStalledCount: 3 };

export function startWorker({
  connection,
  duties,
  log,
  clock,
  concurrency = { polls: 50, requests: 100, tasks: 20 },
}: WorkerOptions): RunningWorker {
  const reading = new Set<string>();
  const inHand = jobsInHand();

  /** BullMQ runs a slow job beside its own successor, so a host in hand is left to whoever reads it. */
  async function pollOnce(poll: Payload<'poll'>): Promise<'done' | 'busy'> {
    if (reading.has(poll.hostId)) return 'busy';
    reading.add(poll.hostId);
    try {
      return await duties.poll(poll);
    } finally {
      reading.delete(poll.hostId);
    }
  }

  async function runPoll(job: Job, token?: string): Promise<void> {
    inHand.take(job);
    const poll = payloadOf(payloads.poll, job);
    const outcome = await pollOnce(poll);
    // A scheduled poll has a successor; an extra one is for its moment and must come after it.
    if (outcome === 'busy' && poll.at !== undefined) {
      await job.moveToDelayed(clock() + busyRetryMs, token);
      inHand.release(job);
      throw new DelayedError();
    }
  }

  const tasks: Readonly<Record<TaskName, (job: Job) => Promise<void>>> = {
    card: (job) => duties.card(payloadOf(payloads.card, job)),
    alert: (job) => duties.alert(payloadOf(payloads.alert, job)),
    request: (job) => duties.request(payloadOf(payloads.request, job)),
  };

  async function runTask(job: Job): Promise<void> {
    inHand.take(job);
    if (!isTask(job.name)) throw new UnrecoverableError(`no such job: ${job.name}`);
    await tasks[job.name](job);
  }

  const workers = [
    new Worker(queueNames.polls, runPoll, { ...shared, connection, concurrency: concurrency.polls }),
    new Worker(queueNames.requests, runTask, { ...shared, connection, concurrency: concurrency.requests }),
    new Worker(queueNames.tasks, runTask, { ...shared, connection, concurrency: concurrency.tasks }),
  ];
  for (const worker of workers) {
    worker.on('completed', (job) => inHand.release(job));
    worker.on('failed', (job, error) => {
      if (job) inHand.release(job);
      log.error({ job: job?.name, jobId: job?.id, data: job?.data, error }, 'job failed');
    });
    worker.on('error', (error) => log.debug({ queue: worker.name, error }, 'worker lost Redis'));
  }

  return {
    async close(deadlineMs) {
      await Promise.all(workers.map(async (worker) => worker.pause(true)));
      try {
        await within(deadlineMs, inHand.emptied());
      } catch (error) {
        log.warn({ error }, 'left jobs unfinished');
      }
      // By force, because BullMQ's own waiting never ends while Redis is down. Nothing is in hand any more, or it is late.
      await Promise.all(workers.map(async (worker) => worker.close(true)));
    },
  };
}

function isTask(name: string): name is TaskName {
  return name !== 'poll' && Object.hasOwn(payloads, name);
}

function payloadOf<Output>(schema: z.ZodType<Output>, job: Job): Output {
  const parsed = schema.safeParse(job.data);
  if (parsed.success) return parsed.data;
  throw new UnrecoverableError(`the job ${job.name} carries no payload we know`);
}
