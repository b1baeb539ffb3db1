import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { BastionHost } from '../../src/domain/hosts/host.ts';
import { hostShape } from '../../src/redis/record/shapes/hosts.ts';
import type { Style } from '../simulator/azure/behaviour.ts';
import type { Bot } from '../support/bot.ts';
import { startBot } from '../support/bot.ts';
import type { TestRedis } from '../support/redis.ts';
import { startTestRedis } from '../support/redis.ts';

/** The hosts of one measurement and how they answer. */
export const scenery = z.object({
  hosts: z.array(z.object({ name: z.string(), style: z.custom<Partial<Style>>() })),
  sessionsEach: z.int(),
  /** Whether the audit log knows who is behind them, as far as it usually does. */
  withLog: z.boolean().default(false),
});
/** A command to type and to time; or, where labels are named, to press these in turn on the answer to it. */
export const orderShape = z.object({
  botUrl: z.string(),
  typed: z.string(),
  pressed: z.array(z.string()).default([]),
  times: z.int(),
});
/** To open App Home so often. */
export const homeOrderShape = z.object({ botUrl: z.string(), homes: z.int() });
/** To say how often each host was read. */
export const countOrderShape = z.object({ count: z.literal('reads') });
const counted = z.object({ reads: z.array(z.int()), logQueries: z.int() });
const timed = z.object({ takenMs: z.array(z.number()), lastAnswer: z.string() });
const opened = z.object({ hosts: z.array(hostShape), environment: z.record(z.string(), z.string()) });

export type Scenery = z.input<typeof scenery>;
export type Order = z.input<typeof orderShape>;
export type HomeOrder = z.output<typeof homeOrderShape>;
export type Timed = z.output<typeof timed>;
export type Counted = z.output<typeof counted>;
export type Opened = z.output<typeof opened>;

/** What a measurement works with; everything on it ends with the measurement. */
export interface Stage {
  readonly hosts: readonly BastionHost[];
  /** What a process needs to find the simulators. */
  readonly environment: Readonly<Record<string, string>>;
  readonly redis: TestRedis;
  readonly startBot: (policy: object) => Promise<Bot>;
  readonly timeCommands: (order: Order) => Promise<Timed>;
  readonly timeHomes: (order: HomeOrder) => Promise<Timed>;
  readonly countReads: () => Promise<Counted>;
}

export async function onStage<T>(set: Scenery, measure: (stage: Stage) => Promise<T>): Promise<T> {
  const simulators = fork(join(import.meta.dirname, 'simulators.ts'), [JSON.stringify(set)]);
  const answer = async <Shape extends z.ZodType>(shape: Shape): Promise<z.output<Shape>> => {
    const message = await new Promise((resolve) => simulators.once('message', resolve));
    return shape.parse(message);
  };
  const time = async (order: Order | HomeOrder) => {
    simulators.send(order);
    return answer(timed);
  };
  const bots: Bot[] = [];
  const [{ hosts, environment }, redis] = await Promise.all([answer(opened), startTestRedis()]);
  // Whoever interrupts it leaves no server behind.
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Error(`ended by ${signal}`)));
    }
    process.on('disconnect', () => reject(new Error('ended by its parent')));
  });
  try {
    const measured = measure({
      hosts,
      environment,
      redis,
      startBot: async (policy) => {
        const bot = await startBot({ environment: { ...environment, REDIS_URL: redis.url }, policy });
        bots.push(bot);
        return bot;
      },
      timeCommands: time,
      timeHomes: time,
      countReads: async () => {
        simulators.send({ count: 'reads' });
        return answer(counted);
      },
    });
    return await Promise.race([measured, interrupted]);
  } finally {
    await Promise.all(bots.map(async (bot) => bot.kill()));
    simulators.kill();
    await redis.stop();
  }
}

export function hostsThat(style: Partial<Style>, count: number): Scenery['hosts'] {
  return Array.from({ length: count }, (_, index) => ({ name: `bastion-${index}`, style }));
}

/** Alerts on nothing, so that nothing changes while it is measured. */
export function quietPolicy(pollEvery: string): object {
  return {
    channels: { alerts: 'C0ALERTS', approvals: 'C0APPROVE' },
    access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
    polling: { every: pollEvery },
    rules: [{ name: 'everything', warnAfter: '30d' }],
  };
}
