import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Redis } from 'ioredis';
import pMap from 'p-map';
import { eventually } from '../support/eventually.ts';
import { forgedHeaders } from '../support/raw-connection.ts';
import { signatureHeaders } from '../support/signature.ts';
import { clickPayload } from '../support/forged.ts';
import { untilPolled, readMetrics } from './metrics.ts';
import type { Bodies, Sender } from '../support/mutations.ts';
import { chance, mutatedBody } from '../support/mutations.ts';
import { besiege } from './siege.ts';
import type { Stage } from './stage.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { ms, quantile } from './table.ts';

const hosts = 20;
const sessionsEach = 50;
const mutated = 10_000;
const slow = 600;
const refusals = 3000;
const siegeSeconds = 20;
const atOnce = 10;
const allowedMegabytes = 400;
const addedMegabytes = 50;
const allowedStallMs = 200;
const slackWaitsMs = 3000;
const grownMegabytes = 20;
const people = Array.from({ length: 20 }, (_, index) => `U0TYPIST${index}`);
const stranger = 'U0STRANGER';

/** The shipped process while somebody who knows the port, and then somebody who can sign, sends it the worst. */
export async function measureHostile(): Promise<readonly Line[]> {
  return onStage({ hosts: hostsThat({}, hosts), sessionsEach }, async (stage) => {
    const direct = new Redis(stage.redis.url.slice('unix://'.length));
    try {
      return await measureWith(stage, direct);
    } finally {
      direct.disconnect();
    }
  });
}

async function measureWith(stage: Stage, direct: Redis): Promise<readonly Line[]> {
  const bot = await stage.startBot({
    ...quietPolicy('5s'),
    rules: [{ name: 'everything', warnAfter: '3h' }],
  });
  await untilPolled(bot.adminUrl, hosts);
  await eventually('there are alerts', async () => (await idsIn(direct)).length > 1);
  const slackAt = new URL(stage.environment['SLACK_API_URL'] ?? '');
  const sender: Sender = {
    people: [...people, stranger, 'U0ALICE', 'U0FOREIGN'],
    team: 'T0BASTION',
    app: 'A0BASTION',
    values: await idsIn(direct),
    responseUrl: new URL('/commands/T0BASTION/none', slackAt).href,
  };
  const post = poster(bot.url, stage.environment['SLACK_SIGNING_SECRET'] ?? '');
  const meanwhile = async (work: () => Promise<unknown>) => onHost(stage, bot, work);

  // Until it has its size.
  await meanwhile(async () => pause(2 * siegeSeconds * 1000));
  const quiet = await meanwhile(async () => pause(siegeSeconds * 1000));
  const before = await sizeOf(direct);
  const port = Number(new URL(bot.url).port);
  const once = besiege(port, { connections: slow, again: false });
  const besieged = await meanwhile(async () => pause(siegeSeconds * 1000));
  once.end();
  const siege = besiege(port, { connections: slow, again: true });
  const random = chance(15);
  const signed = await meanwhile(async () => {
    const turns = Array.from({ length: mutated }, (_, turn) => turn);
    const statuses = await pMap(turns, async (turn) => post(mutatedBody(turn, sender, random)), {
      concurrency: atOnce,
    });
    return counted(statuses);
  });
  const refused = await meanwhile(async () => {
    const turns = Array.from({ length: refusals }, (_, turn) => turn);
    const statuses = await pMap(
      turns,
      async (turn) =>
        Promise.all([post(clickOfStranger(turn, sender)), post(clickOfStranger(turn, sender), 'forged')]),
      { concurrency: atOnce },
    );
    return counted(statuses.flat());
  });
  siege.end();
  const after = await sizeOf(direct);
  const alive = await fetch(`${bot.adminUrl}/readyz`);
  const later = await stage.timeCommands({ botUrl: bot.url, typed: '/bastion sessions', times: 20 });
  const metric = await readMetrics(bot.adminUrl);
  const hostileParts = [besieged, signed, refused];
  const added = besieged.peakMegabytes - quiet.peakMegabytes;
  const stall = Math.max(...hostileParts.map(({ stallMs }) => stallMs));
  const peak = Math.max(...hostileParts.map(({ peakMegabytes }) => peakMegabytes));
  const taken = hostileParts.flatMap(({ takenMs }) => takenMs);
  const grown = (after.bytes - before.bytes) / 2 ** 20;
  const uncaught = bot.log.filter(({ msg }) => /nobody caught/.test(msg)).length;
  const toldOfRefusals = bot.log.filter(({ msg }) => msg.startsWith('refused requests')).length;
  const seconds = hostileParts.reduce((sum, part) => sum + part.seconds, 0);
  return [
    {
      measurement: `${slow} slow connections, ${siegeSeconds} s: memory (RSS) added at its highest`,
      reached: `${added.toFixed(0)} MB; ${once.lost()} were hung up on; of those that come again ${siege.lost()}`,
      target: `< ${addedMegabytes} MB`,
      isMet: added < addedMegabytes,
    },
    {
      measurement: `the same, ${mutated} mutated payloads and 2 × ${refusals} refusals beside: RSS at its highest`,
      reached: `${peak.toFixed(0)} MB (${hostileParts.map(({ peakMegabytes }) => peakMegabytes.toFixed(0)).join(', ')}); before ${quiet.peakMegabytes.toFixed(0)} MB`,
      target: `≤ ${allowedMegabytes} MB`,
      isMet: peak <= allowedMegabytes,
    },
    {
      measurement: 'longest stall of its event loop, as its own metric says',
      reached: `${ms(stall)} (${hostileParts.map(({ stallMs }) => ms(stallMs)).join(', ')}); before ${ms(quiet.stallMs)}, of a thread beside it that does nothing ${ms(Math.max(...hostileParts.map(({ idleMs }) => idleMs)))}`,
      target: `≤ ${allowedStallMs} ms`,
      isMet: stall <= allowedStallMs,
    },
    {
      measurement: '/bastion sessions meanwhile, request to message',
      reached: `${taken.length} of ${taken.length}, p50 ${ms(quantile(taken, 0.5))}, longest ${ms(Math.max(...taken))}`,
      target: `≤ ${slackWaitsMs / 1000} s`,
      isMet: Math.max(...taken) <= slackWaitsMs,
    },
    {
      measurement:
        'what Redis grew by: deliveries for ten minutes, refusals counted a kind at a time, the audit by its age',
      reached: `${after.keys - before.keys} keys, ${after.lasting - before.lasting} of them without an end; ${grown.toFixed(1)} MB; ${after.audit - before.audit} entries of the audit`,
      target: `≤ ${grownMegabytes} MB`,
      isMet: grown <= grownMegabytes,
    },
    {
      measurement: 'up, ready and serving after all; errors that nobody caught',
      reached: `${alive.status}, ${later.takenMs.length} commands answered; ${uncaught}; ${String(signed.did)}; ${String(refused.did)}; ${metric('bastion_requests_refused_total')} refused in ${toldOfRefusals} lines over ${seconds.toFixed(0)} s`,
      target: '200, 20; 0',
      isMet: alive.status === 200 && later.takenMs.length === 20 && uncaught === 0,
    },
  ];
}

interface Watched {
  readonly peakMegabytes: number;
  readonly stallMs: number;
  /** Of a thread that does nothing. */
  readonly idleMs: number;
  readonly takenMs: readonly number[];
  readonly seconds: number;
  readonly did: unknown;
}

/** What the process is like while the work goes on, with people who type beside. */
async function onHost(
  { timeCommands }: Stage,
  { url: botUrl, adminUrl }: { readonly url: string; readonly adminUrl: string },
  work: () => Promise<unknown>,
): Promise<Watched> {
  await readMetrics(adminUrl);
  const idle = idleThread();
  const begunAt = performance.now();
  const over = new AbortController();
  let [peakMegabytes, stallMs] = [0, 0];
  const takenMs: number[] = [];
  const look = async () => {
    while (!over.signal.aborted) {
      const metric = await readMetrics(adminUrl);
      peakMegabytes = Math.max(peakMegabytes, metric('process_resident_memory_bytes') / 2 ** 20);
      // The longest since it was last asked for.
      stallMs = Math.max(stallMs, metric('nodejs_eventloop_lag_max_seconds') * 1000);
      await pause(250);
    }
  };
  const type = async () => {
    while (!over.signal.aborted) {
      const answered = await Promise.race([
        timeCommands({ botUrl, typed: '/bastion sessions', times: 5 }),
        pause(60_000, undefined, { ref: false }),
      ]);
      if (!answered) throw new Error('a signed command was not answered');
      takenMs.push(...answered.takenMs);
      await pause(200);
    }
  };
  const working = work().finally(() => over.abort());
  const [did] = await Promise.all([working, look(), type()]);
  const seconds = (performance.now() - begunAt) / 1000;
  return { peakMegabytes, stallMs, idleMs: await idle.longestMs(), takenMs, seconds, did };
}

/** A thread that does nothing: how long it is kept from that is the machine's doing. */
function idleThread() {
  const thread = new Worker(
    `const delay = require('node:perf_hooks').monitorEventLoopDelay();
     delay.enable();
     require('node:worker_threads').parentPort.once('message', function () { this.postMessage(delay.max / 1e6); });`,
    { eval: true },
  );
  return {
    longestMs: async () => {
      thread.postMessage('');
      const longest: unknown = await new Promise((resolve) => thread.once('message', resolve));
      return Number(longest);
    },
  };
}

type Signing = 'signed' | 'forged';

/** Resolves with the status, or with what went wrong. */
function poster(botUrl: string, signingSecret: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  return async ({ body, type }: Bodies, signing: Signing = 'signed'): Promise<string> =>
    new Promise((resolve) => {
      const now = Date.now();
      const headers = {
        ...forgedHeaders(Buffer.byteLength(body), now),
        'content-type': type,
        ...(signing === 'signed' && signatureHeaders({ body, signingSecret, now })),
      };
      const sent = request(`${botUrl}/slack/events`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.once('end', () => resolve(String(response.statusCode)));
      });
      sent.once('error', ({ message }) => resolve(message));
      sent.end(body);
    });
}

function clickOfStranger(turn: number, { values, team, app }: Sender): Bodies {
  const world = {
    team: { id: team, name: 'team', domain: 'team' },
    bot: { userId: 'U0BASTIONBOT', botId: 'B0BASTION', appId: app },
  };
  const actionId = ['disconnect_ask', 'alert_acknowledge', 'request_approve'][turn % 3] ?? '';
  const click = clickPayload({ by: stranger, actionId, value: values[turn % values.length] ?? '' }, world);
  const body = new URLSearchParams({ payload: JSON.stringify(click) }).toString();
  return { type: 'application/x-www-form-urlencoded', body };
}

function counted(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} × ${status}`).join(', ');
}

/** Sessions and alerts, as buttons name them. */
async function idsIn(redis: Redis): Promise<readonly string[]> {
  const alerts = await redis.keys('{bastion}:alert:*');
  return [
    ...(await redis.hkeys('{bastion}:refs')).slice(0, 50),
    ...alerts.slice(0, 50).map((key) => key.slice('{bastion}:alert:'.length)),
  ];
}

async function sizeOf(redis: Redis) {
  const keys = await redis.keys('*');
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.pttl(key);
  const lives = (await pipeline.exec()) ?? [];
  const memory = /used_memory:(\d+)/.exec(await redis.info('memory'))?.[1];
  return {
    keys: keys.length,
    lasting: lives.filter(([, life]) => life === -1).length,
    bytes: Number(memory),
    audit: await redis.xlen('{bastion}:audit'),
  };
}
