import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Deliveries, Delivered } from '../../ports/deliveries.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { deliveryKey, doneKey } from '../record/keys.ts';
import type { DeliveryMark } from '../record/delivery-mark.ts';
import { marked, markedForMs, RepeatedDelivery, runMarked } from '../record/delivery-mark.ts';
import { reach } from '../record/reach.ts';
import { holds } from '../record/conditions.ts';
import { effect } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';

/** A form's view has a few kilobytes. A longer answer is not kept: a copy hears that it was done before. */
const answerAtMost = 32 * 1024;
/** A run keeps its answer milliseconds after it stored its outcome, unless the process died in between. */
const answerWithinMs = 700;
const lookAgainMs = 50;
/** Slack waits, and only a copy would need the answer. */
const keptWithinMs = 300;
/** Slack's ids are shorter. */
const namedAtMost = 255;

export function redisDeliveries({ redis }: { readonly redis: Redis }): Deliveries {
  const commit = redisCommit(redis);
  const taker = randomUUID();

  async function before(key: string): Promise<Delivered | undefined> {
    for (let waitedMs = 0; ; waitedMs += lookAgainMs) {
      const [by, answer] = await reach(redis.hmget(key, 'by', 'answer'));
      if (typeof answer === 'string') return { is: 'answered', answer };
      if (typeof by !== 'string') return undefined;
      if (waitedMs >= answerWithinMs) return { is: 'done-before' };
      await pause(lookAgainMs);
    }
  }

  /** Throws `RepeatedDelivery`. What the run stored stands, and is told, even where Redis goes before this. */
  async function keep(mark: DeliveryMark, answer: string): Promise<void> {
    const { conditions, effects } = marked(mark);
    const kept = answer.length <= answerAtMost ? [effect('HSET', mark.key, 'answer', answer)] : [];
    await Promise.race([
      commit(conditions, [...kept, ...effects]).catch((error: unknown) => {
        if (!(error instanceof StoreUnreachable)) throw error;
      }),
      pause(keptWithinMs, undefined, { ref: false }),
    ]);
  }

  return {
    take: async (id, forMs) => {
      // An earlier version beside this one names it so.
      if (id.length <= namedAtMost && (await reach(redis.exists(deliveryKey(id)))) > 0) return false;
      return (await reach(redis.set(deliveryKey(digest(id)), taker, 'PX', forMs, 'NX'))) === 'OK';
    },
    renew: async (id, forMs) => {
      const key = deliveryKey(digest(id));
      await commit([holds(key, taker)], [effect('PEXPIRE', key, forMs)]);
    },
    settle: async (id) => {
      await reach(redis.set(deliveryKey(digest(id)), '', 'PX', markedForMs));
    },
    once: async (id, run) => {
      const key = doneKey(digest(id));
      const earlier = await before(key);
      if (earlier) return earlier;
      const mark = { key, run: randomUUID() };
      try {
        const answer = await runMarked(mark, run);
        await keep(mark, answer);
        return { is: 'answered', answer };
      } catch (error) {
        if (!(error instanceof RepeatedDelivery)) throw error;
        return (await before(key)) ?? { is: 'done-before' };
      }
    },
  };
}

/** A digest, because the id opens a form for a few seconds, and is as long as its sender likes. */
function digest(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
