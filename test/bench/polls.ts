import { Redis } from 'ioredis';
import pMap from 'p-map';
import { measuredAzure } from './azure.ts';
import { untilPolled } from './metrics.ts';
import type { Stage } from './stage.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';

/** So many that none is read twice within the time that a reading is used again. */
const hosts = 2000;
const sessionsEach = 50;
const warmUp = 2 * hosts;
const polls = 10_000;
/** That of the worker. */
const concurrency = 50;
const targetShare = 0.4;

interface Pace {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/** The shipped process with more polls due than it can do, against a loop over the same pipeline and nothing else. */
export async function measurePolls(): Promise<readonly Line[]> {
  const set = { hosts: hostsThat({ answer: 'sync' }, hosts), sessionsEach };
  return onStage(set, async (stage) => {
    const loop = await loopPace(stage);
    const { pace: worker, writtenBytes } = await workerPace(stage);
    const share = worker.perSecond / loop.perSecond;
    return [
      {
        measurement: `polls of ${sessionsEach} unchanged sessions, ${concurrency} at once: bare loop over the SDK`,
        reached: said(loop),
      },
      {
        measurement: 'the same by one worker, with queue and Redis',
        reached: `${said(worker)}; ${share.toFixed(2)} of the loop`,
        target: `≥ ${targetShare} of the loop`,
        isMet: share >= targetShare,
      },
      {
        measurement: 'written by Redis for each of them, the queue included',
        reached: `${(writtenBytes / 1024).toFixed(1)} KB`,
      },
    ];
  });
}

async function loopPace(stage: Stage): Promise<Pace> {
  const { bastion } = measuredAzure(stage);
  const read = async (times: number) => {
    const turns = Array.from({ length: times }, (_, turn) => stage.hosts[turn % hosts]);
    await pMap(
      turns,
      async (host) => {
        const reading = host && (await bastion.readSessions(host, 'background'));
        if (!reading?.ok) throw new Error(`a reading failed: ${JSON.stringify(reading)}`);
      },
      { concurrency },
    );
  };
  await read(warmUp);
  const [begunAt, before] = [performance.now(), process.cpuUsage()];
  await read(polls);
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: polls / ((performance.now() - begunAt) / 1000),
    cpuMs: (user + system) / 1000 / polls,
  };
}

async function workerPace({ redis, startBot }: Stage): Promise<{ pace: Pace; writtenBytes: number }> {
  const watched = new Redis(redis.url.slice('unix://'.length));
  try {
    // A rewrite of the file in the middle would make it shorter.
    await watched.config('SET', 'auto-aof-rewrite-percentage', 0);
    const { adminUrl } = await startBot(quietPolicy('1s'));
    const before = await untilPolled(adminUrl, warmUp);
    const [begunAt, writtenBefore] = [performance.now(), await appendedBytes(watched)];
    const after = await untilPolled(adminUrl, before.polls + polls);
    const seconds = (performance.now() - begunAt) / 1000;
    const done = after.polls - before.polls;
    return {
      pace: { perSecond: done / seconds, cpuMs: (after.cpuMs - before.cpuMs) / done },
      writtenBytes: ((await appendedBytes(watched)) - writtenBefore) / done,
    };
  } finally {
    watched.disconnect();
  }
}

async function appendedBytes(redis: Redis): Promise<number> {
  const info = await redis.info('persistence');
  return Number(/aof_current_size:(\d+)/.exec(info)?.[1]);
}

function said({ perSecond, cpuMs }: Pace): string {
  return `${perSecond.toFixed(0)} polls/s, ${cpuMs.toFixed(2)} ms CPU each`;
}
