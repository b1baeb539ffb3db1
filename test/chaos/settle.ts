import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { nextStepAt } from '../../src/domain/requests/phases.ts';
import { dueKey } from '../../src/redis/record/keys.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { keepingLog } from '../support/log.ts';
import type { Stage } from './stage.ts';
import { furthestAheadMs } from './stepping-clock.ts';

const settlesWithinMs = 150_000;
/** Longer than two polls, so that whatever they see has become a card. */
const quietForMs = 5000;
/** Later than whatever a right clock has stored of a request that comes due by itself before long. */
const soonMs = 40_000;

/** Until nothing is due any more and every post has its answer; undefined where that does not come. */
export async function settle(
  { azure, hosts, replicas, slack }: Stage,
  redis: Redis,
): Promise<number | undefined> {
  await replicas.untilReady(2);
  const clocks = replicas.all.map(({ clock }) => clock);
  const aheadMs = furthestAheadMs(clocks);
  const begunAt = performance.now();
  const { cards, due, requests } = redisStores({ redis, log: keepingLog().log });
  await Promise.all(conversations(slack).map(async (id) => cards.noteAnswer(id, Date.now())));
  if (aheadMs > 0) {
    // What a clock ahead has put off comes due once the others get there: for that nobody waits here. What Azure is
    // asked to do is seen through before, since the step cuts short how long the bot waits for it.
    const isSeenThrough = async () =>
      (await requests.unsettled()).every((request) => (nextStepAt(request) ?? 0) > Date.now() + soonMs);
    if (!(await untilStill(isSeenThrough))) return undefined;
    for (const clock of clocks) clock.stepTo(aheadMs);
  }
  // A reading whose process was ended is begun again only after a while.
  const since = Date.now();
  const isReadAgain = ({ name }: SimulatedHost) =>
    azure.requests.count(
      ({ at, kind, path, status }) =>
        kind === 'sessions' && at >= since && status === 202 && path.includes(`/${name}/`),
    ) > 1;
  const isSettled = await untilStill(
    async () =>
      hosts.every(isReadAgain) &&
      (await due.by(Number.MAX_SAFE_INTEGER, 1)).length === 0 &&
      (await cards.inTrouble()).length === 0 &&
      !(await isPosting(redis)),
  );
  for (const clock of clocks) clock.stepTo(0);
  return isSettled ? Math.round(performance.now() - begunAt - quietForMs) : undefined;
}

/**
 * Without the history scopes a card whose posts were left unanswered waits until Slack has answered another post to
 * the same conversation, which in a story that is over nobody makes any more.
 */
function conversations({ world }: Stage['slack']): readonly string[] {
  return [...world.channels.keys(), ...world.people.keys()];
}

async function untilStill(isStill: () => Promise<boolean>): Promise<boolean> {
  const begunAt = performance.now();
  let stillSince: number | undefined;
  while (performance.now() - begunAt < settlesWithinMs) {
    stillSince = (await isStill()) ? (stillSince ?? performance.now()) : undefined;
    if (stillSince !== undefined && performance.now() - stillSince > quietForMs) return true;
    await delay(250);
  }
  return false;
}

/** What is still to be done, and in how many milliseconds. */
export async function unsettled(redis: Redis): Promise<readonly string[]> {
  const all = await redis.zrange(dueKey, '0', '-1', 'WITHSCORES');
  return all.flatMap((text, index) =>
    index % 2 === 0 ? [`${text} in ${Math.round(Number(all[index + 1]) - Date.now())} ms`] : [],
  );
}

async function isPosting(redis: Redis): Promise<boolean> {
  const names = await redis.keys('{bastion}:card:*');
  const texts = names.length === 0 ? [] : await redis.mget(names);
  return texts.some((text) => text?.includes('"posting":'));
}
