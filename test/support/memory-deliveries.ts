import { AsyncLocalStorage } from 'node:async_hooks';
import type { Deliveries, Delivered } from '../../src/ports/deliveries.ts';

export interface MemoryDeliveries extends Deliveries {
  /** Called with every step that goes on record, before it takes effect; throws in a run that comes too late. */
  readonly mark: () => void;
}

interface Run {
  readonly id: string;
  /** When it has come to its end, whichever. */
  over: Promise<unknown>;
}

class Repeated extends Error {}

export function memoryDeliveries(clock: () => number): MemoryDeliveries {
  const takenUntil = new Map<string, number>();
  const done = new Map<string, { readonly by: Run; answer?: string }>();
  const current = new AsyncLocalStorage<Run>();
  const mark = () => {
    const run = current.getStore();
    if (!run) return;
    const before = done.get(run.id);
    if (before && before.by !== run) throw new Repeated();
    done.set(run.id, before ?? { by: run });
  };
  const earlier = async (id: string): Promise<Delivered | undefined> => {
    await done.get(id)?.by.over;
    const before = done.get(id);
    if (!before) return undefined;
    const { answer } = before;
    return answer === undefined ? { is: 'done-before' } : { is: 'answered', answer };
  };
  return {
    mark,
    take: async (id, forMs) => {
      if ((takenUntil.get(id) ?? 0) > clock()) return false;
      takenUntil.set(id, clock() + forMs);
      return true;
    },
    renew: async (id, forMs) => {
      const until = takenUntil.get(id) ?? 0;
      if (until > clock() && until < Infinity) takenUntil.set(id, clock() + forMs);
    },
    settle: async (id) => void takenUntil.set(id, Infinity),
    once: async (id, run) => {
      const before = await earlier(id);
      if (before) return before;
      const by: Run = { id, over: Promise.resolve() };
      const running = current.run(by, async (): Promise<Delivered> => {
        const answer = await run();
        mark();
        done.set(id, { by, answer });
        return { is: 'answered', answer };
      });
      by.over = running.catch(() => undefined);
      return running.catch(async (error: unknown) => {
        if (error instanceof Repeated) return (await earlier(id)) ?? { is: 'done-before' };
        throw error;
      });
    },
  };
}
