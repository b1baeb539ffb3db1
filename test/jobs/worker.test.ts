import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { DeadlinePassed } from '../../src/jobs/deadline.ts';
import { prefix, queueNames } from '../../src/jobs/payloads.ts';
import type { JobQueue } from '../../src/jobs/queue.ts';
import { jobQueue } from '../../src/jobs/queue.ts';
import type { Duties, RunningWorker } from '../../src/jobs/worker.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import type { Log } from '../../src/ports/log.ts';
import { UnreadableRecord } from '../../src/ports/unreadable-record.ts';
import { connectRedis } from '../../src/redis/connect.ts';
import { eventually } from '../support/eventually.ts';
import type { TestRedis } from '../support/redis.ts';
import { startTestRedis } from '../support/redis.ts';

let redis: TestRedis;
let connections: Redis[];
let jobs: JobQueue;
let worker: RunningWorker | undefined;
let events: { event: string; fields: object }[];
let log: Log;

beforeEach(async () => {
  events = [];
  const note = (fields: object, event: string) => void events.push({ event, fields });
  log = { debug: () => undefined, info: note, warn: note, error: note };
  redis = await startTestRedis();
  connections = [];
  jobs = jobQueue({ connection: connection('commands'), clock: Date.now, log });
  worker = undefined;
});

afterEach(async () => {
  await worker?.close(2000);
  await jobs.close(2000);
  for (const one of connections) one.disconnect();
  await redis.stop();
});

function connection(use: 'commands' | 'worker'): Redis {
  const made = connectRedis({ url: redis.url, use, log });
  connections.push(made);
  return made;
}

function work(duties: Partial<Duties>): void {
  worker = startWorker({
    connection: connection('worker'),
    duties: {
      poll: () => Promise.resolve('done'),
      card: () => Promise.resolve(),
      alert: () => Promise.resolve(),
      request: () => Promise.resolve(),
      ...duties,
    },
    clock: Date.now,
    log,
  });
}

/** The polls' queue as BullMQ sees it, to break and to count. */
async function withPolls<Value>(use: (polls: Queue) => Promise<Value>): Promise<Value> {
  const polls = new Queue(queueNames.polls, { connection: connection('worker'), prefix });
  try {
    return await use(polls);
  } finally {
    await polls.close();
  }
}

/** A promise that the test settles when it wants the job to go on. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('without Redis', () => {
  it('hints are lost at once and nobody hears an error', async () => {
    await jobs.enqueue([{ kind: 'request', id: 'r0' }]);
    await redis.kill();
    await eventually('the loss is noticed', () => connections[0]?.status !== 'ready');
    await jobs.enqueue([{ kind: 'request', id: 'r1' }]);
    await jobs.pollAt('/a', Date.now());
    await expect(jobs.poll(['/a'])).rejects.toThrow(/Redis|Connection|Stream/i);
    const lost = events.filter(({ event }) => event === 'lost a hint to the worker');
    expect(lost).toHaveLength(2);
    // Redis was not waited for: no deadline had to pass.
    expect(lost.filter(({ fields }) => 'error' in fields && fields.error instanceof DeadlinePassed)).toEqual(
      [],
    );
  });

  it('closing keeps its deadline', async () => {
    let isRunning = false;
    work({
      request: () => {
        isRunning = true;
        return new Promise(() => undefined);
      },
    });
    await jobs.enqueue([{ kind: 'request', id: 'r1' }]);
    await eventually('a job runs', () => isRunning);
    await redis.kill();
    // Without the deadline neither would ever return.
    await expect(worker?.close(500)).resolves.toBeUndefined();
    await expect(jobs.close(500)).resolves.toBeUndefined();
    worker = undefined;
  });

  it('nothing is lost for good: polls go on when it is back', async () => {
    let times = 0;
    work({
      poll: () => {
        times += 1;
        return Promise.resolve('done');
      },
    });
    await jobs.poll(['/a']);
    await eventually('it is polled', () => times >= 1);
    await redis.restart();
    // While the first one is still in hand, another is not asked for.
    await eventually('it is polled again', async () => {
      await jobs.poll(['/a']).catch(() => undefined);
      return times >= 2;
    });
    expect(events.filter(({ event }) => event === 'job failed')).toEqual([]);
  });
});

describe('scheduled polls', () => {
  const hostIds = Array.from({ length: 40 }, (_, index) => `/host/${index}`);

  it('begin in the order in which they were asked for, one for each host that does not wait for one yet', async () => {
    await jobs.poll(hostIds.slice(0, 20));
    await jobs.poll(hostIds);
    expect(await jobs.pollsWaiting()).toBe(40);
    const polled: unknown[] = [];
    work({
      poll: (poll) => {
        polled.push(poll);
        return Promise.resolve('done');
      },
    });
    await eventually('all have begun', () => polled.length >= hostIds.length);
    expect(polled).toEqual(hostIds.map((hostId) => ({ hostId })));
  });

  it('are not asked for while one of the host is in hand', async () => {
    const { opened, open } = gate();
    let begun = 0;
    work({
      poll: async () => {
        begun += 1;
        await opened;
        return 'done';
      },
    });
    await jobs.poll(['/a']);
    await eventually('it has begun', () => begun === 1);
    await jobs.poll(['/a']);
    expect(await jobs.depths()).toMatchObject({ polls: 0 });
    open();
    await eventually('it can be asked for again', async () => {
      await jobs.poll(['/a']);
      return begun >= 2;
    });
  });

  it.each(['busy', 'fails'] as const)('can be asked for again when the host %s', async (outcome) => {
    let begun = 0;
    work({
      poll: () => {
        begun += 1;
        return outcome === 'busy' ? Promise.resolve('busy') : Promise.reject(new Error('no'));
      },
    });
    await eventually('it was tried three times', async () => {
      await jobs.poll(['/a']);
      return begun >= 3;
    });
    expect(events.some(({ event }) => event === 'job failed')).toBe(outcome === 'fails');
  });

  it('come again though the job of one was lost', async () => {
    await jobs.poll(['/a']);
    const client = connection('worker');
    await withPolls(async (polls) => {
      const [job] = await polls.getWaiting();
      await client.del(`${prefix}:${queueNames.polls}:${job?.id}`);
      await client.del(`${prefix}:${queueNames.polls}:wait`);
    });
    const polled: string[] = [];
    work({
      poll: ({ hostId }) => {
        polled.push(hostId);
        return Promise.resolve('done');
      },
    });
    await jobs.poll(['/a']);
    await eventually('it is polled', () => polled.length > 0);
    expect(polled).toEqual(['/a']);
  });
});

describe('the schedules of an older version', () => {
  const schedule = async (hostId: string, everyMs: number) =>
    withPolls(async (polls) =>
      polls.upsertJobScheduler(
        hostId.slice(1),
        { every: everyMs, offset: 1 },
        { name: 'poll', data: { hostId } },
      ),
    );

  it('end, with the polls that they have planned, and again when they come back', async () => {
    for (let times = 0; times < 2; times += 1) {
      await schedule('/a', 60_000);
      await schedule('/b', 60_000);
      await jobs.endSchedules();
      await withPolls(async (polls) => {
        expect(await polls.getJobSchedulers()).toEqual([]);
        expect(await polls.getJobCounts('delayed', 'waiting')).toEqual({ delayed: 0, waiting: 0 });
      });
    }
    expect(events.filter(({ event }) => event === 'job failed')).toEqual([]);
  });

  it('let a poll that has begun come to its end', async () => {
    const { opened, open } = gate();
    const polled: string[] = [];
    work({
      poll: async ({ hostId }) => {
        await opened;
        polled.push(hostId);
        return 'done';
      },
    });
    await schedule('/a', 500);
    await eventually('it has begun', async () =>
      withPolls(async (polls) => (await polls.getActiveCount()) > 0),
    );
    await jobs.endSchedules();
    open();
    await eventually('it is done', () => polled.includes('/a'));
    await eventually('nothing is planned any more', async () =>
      withPolls(async (polls) => (await polls.getJobCountByTypes('active', 'delayed', 'waiting')) === 0),
    );
    expect(events.filter(({ event }) => event === 'job failed')).toEqual([]);
  });
});

describe('an extra poll', () => {
  it('comes at its moment, once, however often it was asked for', async () => {
    const polls: { at?: number | undefined; now: number }[] = [];
    work({
      poll: ({ at }) => {
        polls.push({ at, now: Date.now() });
        return Promise.resolve('done');
      },
    });
    const at = Date.now() + 300;
    await Promise.all([jobs.pollAt('/a', at), jobs.pollAt('/a', at), jobs.pollAt('/b', at + 200)]);
    await eventually('both hosts were polled', () => polls.length >= 2);
    expect(polls.map((poll) => poll.at)).toEqual([at, at + 200]);
    expect(polls.every((poll) => poll.now >= (poll.at ?? 0))).toBe(true);
  });

  it('comes again a second later when the host is busy', async () => {
    const answers: ('busy' | 'done')[] = ['busy', 'done'];
    const times: number[] = [];
    work({
      poll: () => {
        times.push(Date.now());
        return Promise.resolve(answers.shift() ?? 'done');
      },
    });
    await jobs.pollAt('/a', Date.now());
    await eventually('it was tried twice', () => times.length === 2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });
});

describe('attention', () => {
  const request = { kind: 'request', id: 'r1' } as const;

  it('goes to the duty of its kind, with its key', async () => {
    const seen: unknown[] = [];
    const see = (payload: unknown) => Promise.resolve(void seen.push(payload));
    work({ card: see, request: see });
    const key = { card: 'alert', id: 'a1' } as const;
    await jobs.enqueue([{ kind: 'card', key }, request]);
    await eventually('both were seen', () => seen.length === 2);
    expect(seen).toContainEqual(key);
    expect(seen).toContainEqual({ id: 'r1' });
  });

  it('waits once, however often it was asked for', async () => {
    await jobs.enqueue([request, request]);
    await jobs.enqueue([request]);
    expect(await jobs.depths()).toEqual({ polls: 0, requests: 1, tasks: 0 });
  });

  it('comes once more when it was asked for while the job ran', async () => {
    const { opened, open } = gate();
    let begun = 0;
    work({
      request: async () => {
        begun += 1;
        await opened;
      },
    });
    await jobs.enqueue([request]);
    await eventually('the first runs', () => begun === 1);
    await jobs.enqueue([request]);
    await jobs.enqueue([request]);
    expect(begun).toBe(1);
    open();
    await eventually('it ran once more', () => begun === 2);
    await jobs.enqueue([{ kind: 'request', id: 'later' }]);
    await eventually('the next one ran', () => begun === 3);
  });

  it('can be asked for again after the job failed', async () => {
    let times = 0;
    work({
      request: () => {
        times += 1;
        return times === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
      },
    });
    await jobs.enqueue([request]);
    await eventually('it failed', () => events.some(({ event }) => event === 'job failed'));
    await jobs.enqueue([request]);
    await eventually('it ran again', () => times === 2);
    expect(events.map(({ event }) => event)).toContain('job failed');
  });

  it('is over without a failure where the record cannot be read, and can be asked for again', async () => {
    const unreadable = { key: 'a key', reference: 'r1', why: 'not of schema 1', since: 0 };
    let times = 0;
    work({
      request: () => {
        times += 1;
        return Promise.reject(new UnreadableRecord(unreadable));
      },
    });
    for (const wanted of [1, 2]) {
      await eventually(`it ran ${wanted} times`, async () => {
        await jobs.enqueue([request]);
        return times >= wanted;
      });
    }
    await worker?.close(2000);
    expect(events.filter(({ event }) => event === 'job failed')).toEqual([]);
  });

  it.each([
    ['digest', { id: 'weekly' }],
    ['card', { subject: 'alert', id: 'a1', role: 'hologram' }],
  ])('of a kind that only a later version knows waits for that one: %s', async (name, payload) => {
    const tasks = new Queue(queueNames.tasks, { connection: connection('worker'), prefix });
    try {
      await tasks.add(name, payload);
      work({});
      await eventually('it was met and waits', async () => {
        const isLeft = events.some(({ event }) => event.startsWith('left a job alone'));
        return isLeft && (await tasks.getDelayedCount()) === 1;
      });
      await jobs.enqueue([{ kind: 'card', key: { card: 'alert', id: 'a1' } }]);
      await eventually('the others are served', async () => (await tasks.getWaitingCount()) === 0);
    } finally {
      await tasks.close();
    }
    expect(events.filter(({ event }) => event === 'job failed')).toEqual([]);
  });

  it('of a kind that nobody knows is given up after a while', async () => {
    const tasks = new Queue(queueNames.tasks, { connection: connection('worker'), prefix });
    try {
      await tasks.add('digest', {}, { timestamp: Date.now() - 11 * 60_000 });
      work({});
      await eventually('it failed', () => events.some(({ event }) => event === 'job failed'));
      expect(await tasks.getDelayedCount()).toBe(0);
    } finally {
      await tasks.close();
    }
  });

  it('is not kept waiting by requests that wait for their hosts', async () => {
    const { opened, open } = gate();
    let waiting = 0;
    let delivered = 0;
    work({
      request: async () => {
        waiting += 1;
        await opened;
      },
      card: async () => {
        delivered += 1;
      },
    });
    await jobs.enqueue(Array.from({ length: 60 }, (_, index) => ({ kind: 'request', id: `r${index}` })));
    await eventually('requests are in hand', () => waiting >= 20);
    await jobs.enqueue([{ kind: 'card', key: { card: 'alert', id: 'a1' } }]);
    await eventually('the card was delivered', () => delivered > 0);
    open();
    expect(delivered).toBe(1);
  });
});
