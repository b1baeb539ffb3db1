import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Bot } from '../support/bot.ts';
import { launchBot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { pollCounts, readMetrics } from './metrics.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { quantile, range } from './table.ts';

const hosts = 100;
const sessionsEach = 50;
const times = 7;
const targetMs = 1000;
const targetMegabytes = 200;

/** From nothing to `/readyz`, with a private Redis server, and the memory it takes then and with every host read. */
export async function measureStart(): Promise<readonly Line[]> {
  return onStage({ hosts: hostsThat({}, hosts), sessionsEach }, async ({ environment }) => {
    const starts: { readonly ms: number; readonly atStart: number; readonly atWork: number }[] = [];
    while (starts.length < times) {
      const port = await freePort();
      const adminUrl = `http://127.0.0.1:${port}`;
      const begunAt = performance.now();
      const bot = await launchBot({
        environment: { ...environment, ADMIN_PORT: String(port) },
        policy: quietPolicy('60s'),
      });
      try {
        await eventually('the bot is ready', async () => isReady(adminUrl, bot));
        const ms = performance.now() - begunAt;
        const atStart = await megabytes(adminUrl);
        await eventually('every host was read', async () => (await polled(adminUrl)) >= hosts, 30_000);
        starts.push({ ms, atStart, atWork: await megabytes(adminUrl) });
      } finally {
        await bot.stop();
      }
    }
    const taken = starts.map(({ ms }) => ms);
    const atWork = starts.map((start) => start.atWork);
    const median = quantile(taken, 0.5);
    return [
      {
        measurement: 'start to ready, private Redis server included',
        reached: `${median.toFixed(0)} ms (${range(taken, 0)})`,
        target: `≤ ${targetMs} ms`,
        isMet: median <= targetMs,
      },
      {
        measurement: `memory (RSS) with ${hosts} hosts × ${sessionsEach} sessions read`,
        reached: `${range(atWork, 0)} MB; when ready ${range(
          starts.map((start) => start.atStart),
          0,
        )} MB`,
        target: `≤ ${targetMegabytes} MB`,
        isMet: Math.max(...atWork) <= targetMegabytes,
      },
    ];
  });
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

/** To ask for readiness before the process has said anything. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
