import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { pollCounts } from './metrics.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { ms, quantile } from './table.ts';

const hosts = 100;
const sessionsEach = 50;
const warmUp = 300;
const commands = 1500;
const minuteMs = 60_000;
/** So that all are asked for once, too. */
const minutes = Number(process.env['BASTION_BENCH_ORIGINS_MINUTES'] ?? 6);

interface Course {
  readonly p99Ms: number;
  readonly cpuMsPerPoll: number;
  readonly queriesPerMinute: number;
}

/** The shipped process over some minutes with the audit log and without; a part of the sessions is young, or never told. */
export async function measureOrigins(): Promise<readonly Line[]> {
  const without = await course(false);
  const withLog = await course(true);
  const share = withLog.cpuMsPerPoll / without.cpuMsPerPoll;
  const slower = withLog.p99Ms - without.p99Ms;
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
      reached: `${ms(withLog.p99Ms)}, ${ms(without.p99Ms)}`,
      target: '+ 5 ms',
      isMet: slower <= 5,
    },
    {
      measurement: `${what}: CPU per poll, with the log and without`,
      reached: `${ms(withLog.cpuMsPerPoll)}, ${ms(without.cpuMsPerPoll)}: ${share.toFixed(2)} of it`,
      target: '≤ 1.1 of it',
      isMet: share <= 1.1,
    },
  ];
}

async function course(withLog: boolean): Promise<Course> {
  const set = { hosts: hostsThat({}, hosts), sessionsEach, withLog };
  return onStage(set, async ({ countReads, startBot, timeCommands }) => {
    const { adminUrl, url: botUrl } = await startBot(quietPolicy('60s'));
    const isRead = async () =>
      pollCounts(adminUrl).then(
        ({ polls }) => polls >= hosts,
        () => false,
      );
    await eventually('every host was read', isRead, minuteMs);
    const list = { botUrl, typed: '/bastion sessions', times: commands };
    if (withLog)
      await untilTold(async () => timeCommands({ ...list, typed: '/bastion sessions entra:*', times: 1 }));
    await timeCommands({ ...list, times: warmUp });
    const [before, asked] = [await pollCounts(adminUrl), await countReads()];
    await pause(minutes * minuteMs);
    const [after, askedAfter] = [await pollCounts(adminUrl), await countReads()];
    const { takenMs } = await timeCommands(list);
    return {
      p99Ms: quantile(takenMs, 0.99),
      cpuMsPerPoll: (after.cpuMs - before.cpuMs) / (after.polls - before.polls),
      queriesPerMinute: (askedAfter.logQueries - asked.logQueries) / minutes,
    };
  });
}

async function untilTold(list: () => Promise<{ readonly lastAnswer: string }>): Promise<void> {
  const told = (hosts * sessionsEach * 9) / 10;
  const isTold = async () => (await list()).lastAnswer.includes(`${told} of`);
  await eventually(`the log told of ${told} sessions`, isTold, 3 * minuteMs);
}
