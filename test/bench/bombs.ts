import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Style } from '../simulator/azure/behaviour.ts';
import { pollCounts, readMetrics, untilPolled } from './metrics.ts';
import type { Scenery, Stage } from './stage.ts';
import { onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';

const neighbours = 20;
const sessionsEach = 50;
const everySeconds = 5;
const forSeconds = 60;
const allowedMegabytes = 400;
const allowedStallMs = 200;

const floods: Readonly<Record<string, readonly [hosts: number, each: Partial<Style>][]>> = {
  'answers beyond every limit': [
    [4, { excess: 'gzip-bomb' }],
    [4, { excess: 'gzip-bomb', status: 500 }],
    [4, { excess: 'deep' }],
    [4, { excess: 'crumbs' }],
    [4, { excess: 'long' }],
    [4, { excess: 'crowded' }],
    [4, { excess: 'torn' }],
    [4, { endlessPages: true }],
    [2, { endlessPages: true, extraFields: { padding: 'x'.repeat(5000) } }],
  ],
  'answers of 8 MB, just within the limits': [[24, { excess: 'almost-long' }]],
  'answers of 5,000 sessions, just within the limits': [[4, { excess: 'almost-crowded' }]],
};

/** The shipped process while dozens of hosts answer with more than anybody should take. */
export async function measureBombs(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const [name, flood] of Object.entries(floods)) {
    const healthy = hostsNamed('neighbour', neighbours, {});
    const flooding = flood.flatMap(([count, style], kind) => hostsNamed(`flood-${kind}`, count, style));
    const hosts = [...flooding, ...healthy];
    lines.push(...(await onStage({ hosts, sessionsEach }, async (stage) => measureFlood(name, stage))));
  }
  return lines;
}

function hostsNamed(name: string, count: number, style: Partial<Style>): Scenery['hosts'] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-${index}`,
    style: { answer: 'sync', ...style },
  }));
}

async function measureFlood(name: string, stage: Stage): Promise<readonly Line[]> {
  const bot = await stage.startBot(quietPolicy(`${everySeconds}s`));
  // What the SDK takes to load is another measurement's.
  await untilPolled(bot.adminUrl, stage.hosts.length);
  await readMetrics(bot.adminUrl);
  const idle = monitorEventLoopDelay();
  idle.enable();
  const endsAt = performance.now() + forSeconds * 1000;
  let [peakMegabytes, stallMs] = [0, 0];
  while (performance.now() < endsAt) {
    const metric = await readMetrics(bot.adminUrl);
    peakMegabytes = Math.max(peakMegabytes, metric('process_resident_memory_bytes') / 2 ** 20);
    // The longest since it was last asked for.
    stallMs = Math.max(stallMs, metric('nodejs_eventloop_lag_max_seconds') * 1000);
    await pause(250);
  }
  const { polls } = await pollCounts(bot.adminUrl);
  const failed = bot.log.filter(({ msg }) => msg === 'Azure gave no usable answer');
  const failedNeighbours = failed.filter(({ hostId }) => String(hostId).includes('/neighbour-')).length;
  return [
    {
      measurement: `${name}: memory (RSS) at its highest`,
      reached: `${peakMegabytes.toFixed(0)} MB`,
      target: `≤ ${allowedMegabytes} MB`,
      isMet: peakMegabytes <= allowedMegabytes,
    },
    {
      measurement: `${name}: longest stall of the event loop`,
      reached: `${stallMs.toFixed(0)} ms; of a process beside it that does nothing ${(idle.max / 1e6).toFixed(0)} ms`,
      target: `≤ ${allowedStallMs} ms`,
      isMet: stallMs <= allowedStallMs,
    },
    {
      measurement: `${name}: failed readings of ${neighbours} healthy neighbours`,
      reached: `${failedNeighbours}; of all ${stage.hosts.length} hosts ${failed.length} of ${polls}`,
      target: '0',
      isMet: failedNeighbours === 0,
    },
  ];
}
