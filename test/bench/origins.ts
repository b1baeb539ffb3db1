import { setTimeout as pause } from 'node:timers/promises';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { pollCounts } from './metrics.ts';
import type { Stage } from './stage.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { ms, quantile } from './table.ts';

const hosts = 100;
const sessionsEach = 50;
const warmUp = 300;
/** Of each way, in batches that take turns. */
const commands = { batches: 15, each: 100 };
const minuteMs = 60_000;
/** So that all are asked for once, too. */
const minutes = Number(process.env['BASTION_BENCH_ORIGINS_MINUTES'] ?? 6);

interface Way {
  readonly stage: Stage;
  readonly bot: Bot;
}

interface Taken {
  readonly takenMs: readonly number[];
  readonly cpuMsPerPoll: number;
  readonly queriesPerMinute: number;
}

/**
 * The shipped process over some minutes, with the audit log and without; a part of the sessions is young, or never
 * told. Both at once, so that a machine that is slower for a while is so for both.
 */
export async function measureOrigins(): Promise<readonly Line[]> {
  const set = { hosts: hostsThat({}, hosts), sessionsEach };
  const [without, withLog] = await onStage(set, async (bare) =>
    onStage({ ...set, withLog: true }, async (told) => {
      const ways = [await startWay(bare), await startWay(told)] as const;
      await untilTold(ways[1]);
      return takeTurns(ways);
    }),
  );
  const share = withLog.cpuMsPerPoll / without.cpuMsPerPoll;
  const [p99Ms, p99WithoutMs] = [quantile(withLog.takenMs, 0.99), quantile(without.takenMs, 0.99)];
  const what = `who is behind ${hosts} × ${sessionsEach} sessions`;
  return [
    {
      measurement: `${what}: queries of the audit log`,
      reached: `${withLog.queriesPerMinute.toFixed(1)} a minute`,
      target: '≤ 2 a minute',
      isMet: withLog.queriesPerMinute <= 2,
    },
    {
      measurement: `${what}: /bastion sessions, p99 with the log and without`,
      reached: `${ms(p99Ms)}, ${ms(p99WithoutMs)}`,
      target: '+ 5 ms',
      isMet: p99Ms - p99WithoutMs <= 5,
    },
    {
      measurement: `${what}: CPU per poll, with the log and without`,
      reached: `${ms(withLog.cpuMsPerPoll)}, ${ms(without.cpuMsPerPoll)}: ${share.toFixed(2)} of it`,
      target: '≤ 1.1 of it',
      isMet: share <= 1.1,
    },
  ];
}

async function startWay(stage: Stage): Promise<Way> {
  const bot = await stage.startBot(quietPolicy('60s'));
  const isRead = async () =>
    pollCounts(bot.adminUrl).then(
      ({ polls }) => polls >= hosts,
      () => false,
    );
  await eventually('every host was read', isRead, minuteMs);
  return { stage, bot };
}

async function takeTurns([one, other]: readonly [Way, Way]): Promise<readonly [Taken, Taken]> {
  for (const way of [one, other]) await list(way, warmUp);
  const [before, otherBefore] = [await countsOf(one), await countsOf(other)];
  await pause(minutes * minuteMs);
  const [after, otherAfter] = [await countsOf(one), await countsOf(other)];
  const [takenMs, otherTakenMs]: [number[], number[]] = [[], []];
  for (let batch = 0; batch < commands.batches; batch += 1) {
    takenMs.push(...(await list(one, commands.each)));
    otherTakenMs.push(...(await list(other, commands.each)));
  }
  return [
    { takenMs, ...spent(before, after) },
    { takenMs: otherTakenMs, ...spent(otherBefore, otherAfter) },
  ];
}

async function list({ bot, stage }: Way, times: number): Promise<readonly number[]> {
  const { takenMs } = await stage.timeCommands({ botUrl: bot.url, typed: '/bastion sessions', times });
  return takenMs;
}

type Counts = Awaited<ReturnType<typeof countsOf>>;

async function countsOf({ bot, stage }: Way) {
  const { logQueries } = await stage.countReads();
  return { ...(await pollCounts(bot.adminUrl)), logQueries };
}

function spent(before: Counts, after: Counts): Omit<Taken, 'takenMs'> {
  return {
    cpuMsPerPoll: (after.cpuMs - before.cpuMs) / (after.polls - before.polls),
    queriesPerMinute: (after.logQueries - before.logQueries) / minutes,
  };
}

async function untilTold({ bot, stage }: Way): Promise<void> {
  const told = (hosts * sessionsEach * 9) / 10;
  const isTold = async () => {
    const order = { botUrl: bot.url, typed: '/bastion sessions entra:*', times: 1 };
    return (await stage.timeCommands(order)).lastAnswer.includes(`${told} of`);
  };
  await eventually(`the log told of ${told} sessions`, isTold, 3 * minuteMs);
}
