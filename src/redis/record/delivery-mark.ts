import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of a delivery of Slack's: a run that finds another's mark has come too late. */
export interface DeliveryMark {
  readonly key: string;
  readonly run: string;
}

/** Slack signs for five minutes, and repeats what was not acknowledged for some six. */
export const markedForMs = 10 * 60_000;

/** Another run of the same delivery has stored its outcome; nothing was written. */
export class RepeatedDelivery extends Error {
  override readonly name = 'RepeatedDelivery';
}

/** Beside the calls: a decision passes through a dozen functions, and one that forgot to hand it on would have no mark. */
const current = new AsyncLocalStorage<DeliveryMark | undefined>();

export async function runMarked<Result>(mark: DeliveryMark, run: () => Promise<Result>): Promise<Result> {
  return current.run(mark, run);
}

/** Runs work that is no part of the delivery. */
export async function apart<Result>(run: () => Promise<Result>): Promise<Result> {
  return current.run(undefined, run);
}

export function markOfRecord() {
  const mark = current.getStore();
  return mark ? marked(mark) : { conditions: [], effects: [] };
}

export function marked({ key, run }: DeliveryMark) {
  return {
    conditions: [{ check: 'unmarked' as const, key, value: run }],
    effects: [
      { command: 'HSET', keys: [key], args: ['by', run] },
      { command: 'PEXPIRE', keys: [key], args: [String(markedForMs)] },
    ],
  };
}
