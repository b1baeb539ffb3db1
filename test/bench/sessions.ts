import { eventually } from '../support/eventually.ts';
import { pollCounts } from './metrics.ts';
import type { Order } from './stage.ts';
import { hostsThat, onStage, quietPolicy } from './stage.ts';
import type { Line } from './table.ts';
import { ms, quantile } from './table.ts';

const hosts = 100;
const sessionsEach = 50;
const warmUp = 200;
const commands = 1000;
const homes = 300;
const plain = '/bastion sessions';
const filtered = '/bastion sessions vm:vm-1* older:30m protocol:ssh sort:vm group:host';

/** What a person does with the list, from the signed request to the message, while the hosts are polled as usual. */
export async function measureSessions(): Promise<readonly Line[]> {
  return onStage(
    { hosts: hostsThat({}, hosts), sessionsEach },
    async ({ startBot, timeCommands, timeHomes }) => {
      const { adminUrl, url: botUrl } = await startBot(quietPolicy('60s'));
      await eventually('every host was read', async () => (await readCount(adminUrl)) >= hosts, 60_000);
      const { lastAnswer } = await timeCommands({ botUrl, typed: plain, times: warmUp });
      const all = String(hosts * sessionsEach);
      if (!lastAnswer.includes(all)) throw new Error(`not the list of ${all} sessions: ${lastAnswer}`);
      const time = async (what: string, order: Omit<Order, 'botUrl' | 'times'>, targetMs: number) => {
        const { takenMs } = await timeCommands({ botUrl, ...order, times: commands });
        const [p50, p99] = [quantile(takenMs, 0.5), quantile(takenMs, 0.99)];
        return {
          measurement: `${what}, ${hosts} hosts × ${sessionsEach} sessions, request to message`,
          reached: `p50 ${ms(p50)}, p99 ${ms(p99)}`,
          target: `p99 ≤ ${targetMs} ms`,
          isMet: p99 <= targetMs,
        };
      };
      const timeHome = async () => {
        const { takenMs, lastAnswer: shown } = await timeHomes({ botUrl, homes });
        if (!shown.includes(`${sessionsEach} sessions`)) throw new Error(`not the home: ${shown}`);
        const [p50, p99] = [quantile(takenMs, 0.5), quantile(takenMs, 0.99)];
        return {
          measurement: `App Home opened, ${hosts} hosts × ${sessionsEach} sessions, event to view`,
          reached: `p50 ${ms(p50)}, p99 ${ms(p99)}`,
          target: 'p99 ≤ 150 ms',
          isMet: p99 <= 150,
        };
      };
      return [
        await time(plain, { typed: plain }, 100),
        await time('the same with a filter, sorted and grouped', { typed: filtered }, 60),
        await time('a page turned', { typed: plain, pressed: ['Next page', 'Previous page'] }, 60),
        await timeHome(),
      ];
    },
  );
}

/** Before the first poll there is no such metric. */
async function readCount(adminUrl: string): Promise<number> {
  return pollCounts(adminUrl).then(
    ({ polls }) => polls,
    () => 0,
  );
}
