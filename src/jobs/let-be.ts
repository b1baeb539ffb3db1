import type { Due, DueItem } from '../ports/due.ts';
import { StoreUnreachable } from '../ports/store-unreachable.ts';
import { UnreadableRecord } from '../ports/unreadable-record.ts';
import { taskOf } from './payloads.ts';
import type { Setbacks } from './setbacks.ts';
import { restMs } from './setbacks.ts';

export interface LettingBe {
  readonly due: Due;
  readonly clock: () => number;
  readonly account: Setbacks;
}

/** Runs what is due. An item on which the bot stumbles again and again rests for ever longer, and the others go on. */
export function lettingBe({ due, clock, account }: LettingBe) {
  return async (item: DueItem, run: () => Promise<void>): Promise<void> => {
    const what = taskOf(item).id;
    try {
      await run();
      account.worked(what);
    } catch (error) {
      const passes = error instanceof StoreUnreachable || error instanceof UnreadableRecord;
      if (!passes) await due.postpone(item, clock() + restMs(account.failed(what)));
      throw error;
    }
  };
}
