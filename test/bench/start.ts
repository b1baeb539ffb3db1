import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bot, BotOptions } from '../support/bot.ts';
import { launchBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/redis.ts';
import { measureDemo } from './demo.ts';
import { pollCounts, readMetrics } from './metrics.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { quantile, range } from './table.ts';

const root = resolve(import.meta.dirname, '../..');
const hosts = 100;
const sessionsEach = 50;
const times = 7;
const targetMs = 1000;
const targetMegabytes = 200;

interface Started {
  readonly ms: number;
  /** Megabytes. */
  readonly atStart: number;
  readonly atWork: number;
}

/** From nothing to `/readyz`, with a private Redis server, and the memory it takes then and with every host read; the demo too. */
export async function measureStart(): Promise<readonly Line[]> {
  const lines = await onStage({ hosts: hostsThat({}, hosts), sessionsEach }, async ({ environment }) => {
    const starts: Started[] = [];
    const npmStarts: Started[] = [];
    while (npmStarts.length < times) {
      starts.push(await start(environment));
      npmStarts.push(await start(environment, { of: ['npm', 'start', '--silent'], in: root }));
    }
    const atStart = starts.map((each) => each.atStart);
    const atWork = starts.map((each) => each.atWork);
    return [
      readyLine('start to ready, private Redis server included', starts),
      readyLine('the same by `npm start`', npmStarts),
      {
        measurement: `memory (RSS) with ${hosts} hosts × ${sessionsEach} sessions read`,
        reached: `${range(atWork, 0)} MB; when ready ${range(atStart, 0)} MB`,
        target: `≤ ${targetMegabytes} MB`,
        isMet: Math.max(...atWork) <= targetMegabytes,
      },
    ];
  });
  return [...lines, ...(await measureDemo())];
}

function readyLine(measurement: string, starts: readonly Started[]): Line {
  const taken = starts.map(({ ms }) => ms);
  const median = quantile(taken, 0.5);
  return {
    measurement,
    reached: `${median.toFixed(0)} ms (${range(taken, 0)})`,
    target: `≤ ${targetMs} ms`,
    isMet: median <= targetMs,
  };
}

async function start(
  environment: Readonly<Record<string, string>>,
  command?: BotOptions['command'],
): Promise<Started> {
  // To ask for readiness before the process has said anything.
  const port = await freePort();
  const adminUrl = `http://127.0.0.1:${port}`;
  const dataDir = await mkdtemp(join(tmpdir(), 'bastion-bot-bench-data-'));
  const begunAt = performance.now();
  const bot = await launchBot({
    environment: { ...environment, ADMIN_PORT: String(port), DATA_DIR: dataDir },
    policy: quietPolicy('60s'),
    ...(command && { command }),
  });
  try {
    await eventually('the bot is ready', async () => isReady(adminUrl, bot));
    const ms = performance.now() - begunAt;
    const atStart = await megabytes(adminUrl);
    await eventually('every host was read', async () => (await polled(adminUrl)) >= hosts, 30_000);
    return { ms, atStart, atWork: await megabytes(adminUrl) };
  } finally {
    await bot.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function isReady(adminUrl: string, bot: Bot): Promise<boolean> {
  const isUp = await fetch(`${adminUrl}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
  if (bot.output() !== '') throw new Error(bot.output());
  return isUp;
}

async function polled(adminUrl: string): Promise<number> {
  return pollCounts(adminUrl).then(
    ({ polls }) => polls,
    () => 0,
  );
}

async function megabytes(adminUrl: string): Promise<number> {
  return (await readMetrics(adminUrl))('process_resident_memory_bytes') / 2 ** 20;
}
