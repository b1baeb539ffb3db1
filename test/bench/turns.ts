import { setTimeout as pause } from 'node:timers/promises';
import { pollCounts, readMetrics } from './metrics.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { range } from './table.ts';

const hosts = 500;
const sessionsEach = 5;
const readSeconds = 10;
/** Shorter for a look: BASTION_BENCH_TURNS_SECONDS. */
const seconds = Number(process.env['BASTION_BENCH_TURNS_SECONDS'] ?? 600);

/** The shipped process with more hosts than it can read in the interval: does each get its turn? */
export async function measureTurns(): Promise<readonly Line[]> {
  const style = { readyAfterMs: readSeconds * 1000, retryAfter: readSeconds };
  return onStage({ hosts: hostsThat(style, hosts), sessionsEach }, async ({ countReads, startBot }) => {
    const { adminUrl } = await startBot(quietPolicy('60s'));
    await pause(seconds * 1000);
    const lagSeconds = (await readMetrics(adminUrl))('bastion_poll_lag_seconds');
    const { cpuMs } = await pollCounts(adminUrl);
    const { reads } = await countReads();
    const difference = Math.max(...reads) - Math.min(...reads);
    const cpu = `${(cpuMs / seconds).toFixed(0)} ms CPU a second`;
    return [
      {
        measurement: `reads of each of ${hosts} hosts that take ${readSeconds} s, one worker, ${seconds} s`,
        reached: `${range(reads, 0)}, they differ by ${difference}; lag ${lagSeconds.toFixed(0)} s, ${cpu}`,
        target: 'by ≤ 1',
        isMet: difference <= 1,
      },
    ];
  });
}
