import type { ConnectionOptions, Job } from 'bullmq';
import { DelayedError, UnrecoverableError, Worker } from 'bullmq';
import type { z } from 'zod';
import type { Log } from '../ports/log.ts';
import { UnreadableRecord } from '../ports/unreadable-record.ts';
import { within } from './deadline.ts';
import { jobsInHand } from './in-hand.ts';
import type { Payload, TaskName } from './payloads.ts';
import { payloads, prefix, queueNames } from './payloads.ts';

/** `busy`: another worker reads this host now. */
export type Duties = {
  readonly [Name in TaskName]: (payload: Payload<Name>) => Promise<void>;
} & { readonly poll: (poll: Payload<'poll'>) => Promise<'done' | 'busy'> };

export interface WorkerOptions {
  /** With `maxRetriesPerRequest: null`. The caller closes it; BullMQ duplicates it for its blocking calls. */
  readonly connection: ConnectionOptions;
  readonly duties: Duties;
  readonly log: Log;
  readonly clock: () => number;
  readonly concurrency?: Readonly<Record<keyof typeof queueNames, number>>;
}

export interface RunningWorker {
  /** Lets jobs finish until the deadline; another worker runs the rest again. Returns in time with Redis down too. */
  close(deadlineMs: number): Promise<void>;
}

const busyRetryMs = 1000;
/** Time for the other version to take its job. */
const foreignJobWaitsMs = 10 * 60_000;

/** Another worker runs a crashed worker's jobs after at most 20 s; an outage of Redis longer than the lock may run one twice. */
const shared = { prefix, lockDuration: 15_000, stalledInterval: 5000, maxStalledCount: 3 };

export function startWorker({
  connection,
  duties,
  log,
  clock,
  concurrency = { polls: 50, requests: 100, tasks: 20 },
}: WorkerOptions): RunningWorker {
  const foreign = new Set<string>();
  const inHand = jobsInHand();

  async function runPoll(job: Job, token?: string): Promise<void> {
    inHand.take(job);
    const poll = payloadOf(payloads.poll, job);
    const outcome = await duties.poll(poll);
    // A scheduled poll has another turn; an extra one must come after its moment.
    if (outcome === 'busy' && poll.at !== undefined) await postpone(job, token);
  }

  async function postpone(job: Job, token: string | undefined): Promise<never> {
    await job.moveToDelayed(clock() + busyRetryMs, token);
    inHand.release(job);
    throw new DelayedError();
  }

  const tasks: Readonly<Record<TaskName, (job: Job) => (() => Promise<void>) | undefined>> = {
    card: (job) => dutyOf(payloads.card, job, duties.card),
    alert: (job) => dutyOf(payloads.alert, job, duties.alert),
    request: (job) => dutyOf(payloads.request, job, duties.request),
  };

  async function runTask(job: Job, token?: string): Promise<void> {
    inHand.take(job);
    const duty = isTask(job.name) ? tasks[job.name](job) : undefined;
    if (!duty) return leaveToOthers(job, token);
    try {
      await duty();
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      log.debug(
        { job: job.name, reference: error.reference },
        'left a job alone whose record cannot be read',
      );
    }
  }

  /** A later version beside this one can run it. */
  async function leaveToOthers(job: Job, token: string | undefined): Promise<never> {
    if (clock() - job.timestamp > foreignJobWaitsMs) {
      throw new UnrecoverableError(`nobody knows the job ${job.name}, or what it carries`);
    }
    if (!foreign.has(job.name))
      log.warn({ job: job.name }, 'left a job alone that this version does not know');
    foreign.add(job.name);
    return postpone(job, token);
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
      // By force: BullMQ's own waiting never ends while Redis is down.
      await Promise.all(workers.map(async (worker) => worker.close(true)));
    },
  };
}

function isTask(name: string): name is TaskName {
  return name !== 'poll' && Object.hasOwn(payloads, name);
}

function dutyOf<Output>(
  schema: z.ZodType<Output>,
  job: Job,
  duty: (payload: Output) => Promise<void>,
): (() => Promise<void>) | undefined {
  const parsed = schema.safeParse(job.data);
  return parsed.success ? async () => duty(parsed.data) : undefined;
}

function payloadOf<Output>(schema: z.ZodType<Output>, job: Job): Output {
  const parsed = schema.safeParse(job.data);
  if (parsed.success) return parsed.data;
  throw new UnrecoverableError(`the job ${job.name} carries no payload we know`);
}
