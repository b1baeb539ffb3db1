import type { Redis } from 'ioredis';
import { z } from 'zod';
import { turnTakenKey } from '../../src/redis/record/keys.ts';
import type { Chance } from './chance.ts';
import type { Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';

/** Of a silence that is shorter nobody says that nobody polls. */
const leastSilentMs = 90_000;
const health = z.object({
  parts: z.array(z.object({ name: z.string(), detail: z.string().optional() })),
});

/** For a while no worker runs: people are answered, and what they ask for waits. */
export async function goesWithoutWorker(
  { azure, replicas }: Stage,
  redis: Redis,
  chance: Chance,
  wrong: Wrong,
): Promise<void> {
  await replicas.becomeAll('bot');
  const since = Date.now();
  await replicas.untilReady(1);
  await chance.pause(2000, 5000);
  const said = await Promise.all(
    replicas.all.filter(({ isReady }) => isReady).map(async ({ adminUrl }) => pollsOf(adminUrl)),
  );
  const reads = azure.requests.count(({ at, kind }) => kind === 'sessions' && at >= since);
  if (reads > 0) wrong('read without a worker', `${reads} readings`);
  const silentMs = await silence(redis);
  if (said.some((detail) => detail?.startsWith('nobody has polled')) && silentMs <= leastSilentMs) {
    wrong('false alarm', `/readyz says that nobody polls after ${silentMs} ms: ${said.join('; ')}`);
  }
  await replicas.becomeAll('all');
}

/** Undefined too where the process has just been struck. */
async function pollsOf(adminUrl: string): Promise<string | undefined> {
  try {
    const { parts } = health.parse(await (await fetch(`${adminUrl}/readyz`)).json());
    return parts.find(({ name }) => name === 'polls')?.detail;
  } catch {
    return undefined;
  }
}

/** By the clock of Redis, as the bot reckons it. */
async function silence(redis: Redis): Promise<number> {
  const takenAt = Number(await redis.get(turnTakenKey));
  const [seconds] = await redis.time();
  return Number(seconds) * 1000 - takenAt;
}
