import { QueueKeys } from 'bullmq';
import type { Redis } from 'ioredis';
import { prefix, queueNames } from '../../src/jobs/payloads.ts';
import { auditKey, historyKey, slotsKey } from '../../src/redis/record/keys.ts';
import type { Counts, Sample } from './judge-growth.ts';
import type { Stage } from './stage.ts';
import { hostsThere } from './stage.ts';

/** What is remembered for its own sake: as long as the policy says, or for the hour in which it counts. */
const remembered: readonly string[] = [historyKey, auditKey, slotsKey];

/** What a queue keeps beside its jobs. */
const ofQueues = new Set(
  Object.values(queueNames).flatMap((name) => Object.values(new QueueKeys(prefix).getKeys(name))),
);

/** Where nothing is open there are none: a set that is empty Redis has no more. */
const whileOpen = [
  'alert',
  'batch',
  'blindness',
  'card',
  'claim',
  'outage',
  'outages',
  'refs',
  'request',
  'trouble',
  'unsettled',
  'watches',
] as const;

const sizes: Readonly<Record<string, 'scard' | 'hlen' | 'zcard' | 'llen' | 'xlen'>> = {
  set: 'scard',
  hash: 'hlen',
  zset: 'zcard',
  list: 'llen',
  stream: 'xlen',
};

interface Found {
  readonly key: string;
  readonly type: string;
  readonly lasts: boolean;
}

export async function takeSample(stage: Stage, redis: Redis): Promise<Sample> {
  const openSessions = hostsThere(stage).flatMap((host) => host.sessions()).length;
  const [found, residentBytes] = await Promise.all([everyKey(redis), residentOf(stage)]);
  return {
    openSessions,
    lasting: counted(found.filter(({ lasts }) => lasts)),
    passing: counted(found.filter(({ lasts }) => !lasts)),
    members: await membersOf(
      found.filter(({ key }) => !remembered.includes(key)),
      redis,
    ),
    residentBytes,
  };
}

/** Keys without an end of what is open, by family. */
export async function leftOpen(redis: Redis): Promise<Readonly<Record<string, readonly string[]>>> {
  const lasting = (await everyKey(redis)).filter(({ lasts }) => lasts).map(({ key }) => key);
  const left = whileOpen.map(
    (family) => [family, lasting.filter((key) => familyOf(key) === family)] as const,
  );
  return Object.fromEntries(left.filter(([, keys]) => keys.length > 0));
}

async function everyKey(redis: Redis): Promise<readonly Found[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, some] = await redis.scan(cursor, 'COUNT', 1000);
    for (const key of some) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  const all = [...keys];
  const types = await answers(redis, all, (key) => ['type', key]);
  const ttls = await answers(redis, all, (key) => ['pttl', key]);
  return all.flatMap((key, index) => {
    const isGone = types[index] === 'none' || ttls[index] === -2;
    return isGone ? [] : [{ key, type: String(types[index]), lasts: ttls[index] === -1 }];
  });
}

async function membersOf(found: readonly Found[], redis: Redis): Promise<Counts> {
  // The hash of a job holds what is to be done, not members.
  const sized = found.filter(({ key, type }) => sizes[type] !== undefined && !isJob(key));
  const counts = await answers(redis, sized, ({ key, type }) => [sizes[type] ?? '', key]);
  return summed(sized.map(({ key }, index) => [familyOf(key), Number(counts[index])]));
}

function isJob(key: string): boolean {
  return Object.values(queueNames).some((name) => key.startsWith(`${prefix}:${name}:`)) && !ofQueues.has(key);
}

async function answers<T>(
  redis: Redis,
  all: readonly T[],
  command: (one: T) => string[],
): Promise<readonly unknown[]> {
  const answered = (await redis.pipeline(all.map(command)).exec()) ?? [];
  return answered.map(([, answer]) => answer);
}

function familyOf(key: string): string {
  const own = key.startsWith(`${prefix}:`) ? key.slice(prefix.length + 1) : key;
  if (ofQueues.has(key)) return own;
  return isJob(key) ? `${own.split(':')[0] ?? ''} (jobs)` : (own.split(':')[0] ?? '');
}

function counted(found: readonly Found[]): Counts {
  return summed(found.map(({ key }) => [familyOf(key), 1]));
}

function summed(all: readonly (readonly [family: string, count: number])[]): Counts {
  const sums = new Map<string, number>();
  for (const [family, count] of all) sums.set(family, (sums.get(family) ?? 0) + count);
  return Object.fromEntries(sums);
}

/** As each process says itself. */
async function residentOf({ replicas }: Stage): Promise<Counts> {
  const all = await Promise.all(
    replicas.all.map(async ({ adminUrl }, index) => {
      const text = await (await fetch(`${adminUrl}/metrics`)).text();
      const [, bytes] = /^process_resident_memory_bytes (\S+)/m.exec(text) ?? [];
      return [`replica ${index + 1}`, Number(bytes)] as const;
    }),
  );
  return Object.fromEntries(all);
}
