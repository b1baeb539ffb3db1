import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { someSubscription } from '../simulator/azure/host.ts';
import { eventually } from '../support/eventually.ts';
import type { Chance } from './chance.ts';
import { chanceOf } from './chance.ts';
import { clockSteps } from './clock-steps.ts';
import { goesAndReturns, goesOnce } from './gone-and-back.ts';
import { laterVersionStores } from './later-version.ts';
import type { Ledger } from './ledger.ts';
import type { Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';
import { goesWithoutWorker } from './without-worker.ts';

/** What comes over a whole world, each at least once in a story, whenever that ends. */
export const upheavalNames = [
  'subscription throttled',
  'host gone once over',
  'host gone and back',
  'clock ahead for a while',
  'clock behind for a while',
  'no worker for a while',
  'records of a later version',
] as const;
export type Upheaval = (typeof upheavalNames)[number];

/** Two run side by side; those of one list come one after the other, in an order of chance. */
const together: readonly (readonly Upheaval[])[] = [
  ['subscription throttled', 'host gone once over', 'host gone and back', 'records of a later version'],
  ['clock behind for a while', 'no worker for a while'],
];
/** What a clock ahead puts off rests for minutes, and with it most of the story. */
const last: Upheaval = 'clock ahead for a while';

export interface Upheavals {
  readonly counts: ReadonlyMap<Upheaval, number>;
  /** What was wrong while they lasted. */
  readonly violations: readonly string[];
}

export interface UpheavalOptions {
  readonly seed: number;
  readonly ledger: Ledger;
  /** Hosts whose own weather rests. */
  readonly spared: Set<SimulatedHost>;
}

/** Until the signal, and until each has come once. */
export async function bringUpheavals(
  stage: Stage,
  { seed, ledger, spared }: UpheavalOptions,
  signal: AbortSignal,
): Promise<Upheavals> {
  const counts = new Map<Upheaval, number>();
  const violations: string[] = [];
  const wrong: Wrong = (kind, what) => void violations.push(`${kind}: ${what}`);
  // Commands wait for a Redis that is down.
  const redis = new Redis(stage.redis.url.replace('unix://', ''), { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);

  const onOneHost = async (chance: Chance, act: (host: SimulatedHost) => Promise<void>) => {
    const host = chance.oneOf(stage.hosts);
    if (!host) return;
    spared.add(host);
    host.behaveNormally();
    await act(host).finally(() => spared.delete(host));
  };

  const acts: Readonly<Record<Upheaval, (chance: Chance) => Promise<void>>> = {
    'subscription throttled': async (chance) => {
      const forMs = chance.between(1000, 3000);
      const since = Date.now();
      const isMet = () => stage.azure.requests.count(({ at, status }) => status === 429 && at >= since) > 0;
      // While nobody reads, nobody meets it.
      await eventually(
        'somebody is throttled',
        () => {
          stage.azure.exhaust(someSubscription, forMs);
          return isMet();
        },
        60_000,
      );
      await chance.pause(forMs, forMs);
    },
    'host gone once over': async (chance) => onOneHost(chance, async (host) => goesOnce(stage, host)),
    'host gone and back': async (chance) =>
      onOneHost(chance, async (host) => {
        ledger.away.push(await goesAndReturns(stage, host, redis, chance));
      }),
    'clock ahead for a while': async (chance) => clockSteps(stage, chance, 'ahead'),
    'clock behind for a while': async (chance) => clockSteps(stage, chance, 'behind'),
    'no worker for a while': async (chance) => goesWithoutWorker(stage, redis, chance, wrong),
    'records of a later version': async () => {
      ledger.later.push(await laterVersionStores(stage, redis, ledger.later.length + 1));
    },
  };

  const once = async (name: Upheaval, chance: Chance) => {
    try {
      await acts[name](chance);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    } catch (error) {
      wrong(name, String(error));
    }
  };
  const run = async (names: readonly Upheaval[]) => {
    const chance = chanceOf(seed, `upheavals ${names.join()}`);
    do {
      for (const name of shuffled(names, chance)) {
        if (signal.aborted && counts.has(name)) continue;
        await chance.pause(0, 1500);
        await once(name, chance);
      }
      await chance.pause(20_000, 40_000, signal);
    } while (!signal.aborted);
  };
  await Promise.all(together.map(run));
  await once(last, chanceOf(seed, last));
  redis.disconnect();
  return { counts, violations };
}

function shuffled<T>(all: readonly T[], chance: Chance): readonly T[] {
  return all
    .map((one) => ({ one, place: chance.between(0, 1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
