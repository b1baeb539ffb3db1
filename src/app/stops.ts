import type { Log } from '../ports/log.ts';

/** What is in flight gets this long at a stop; what is cut off then is taken up again by the next start. */
export const drainMs = 3000;
export const haltMs = 500;

/** What has to be undone, the last first. Each thing that must be stopped registers its stop where it is made. */
export interface Stops {
  add(name: string, stop: () => Promise<unknown>): void;
  /** Resolves once each has run, once only; one that fails does not keep the others from running. */
  run(): Promise<void>;
}

export function stopList(log: Log): Stops {
  const stops: { readonly name: string; readonly stop: () => Promise<unknown> }[] = [];
  const runAll = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) {
      const { name, stop } = next;
      await stop().catch((error: unknown) => log.error({ error, part: name }, 'could not stop a part'));
    }
  };
  // A start can fail while it is stopped: the second waits for what the first has begun.
  let running = Promise.resolve();
  return {
    add: (name, stop) => void stops.push({ name, stop }),
    run: async () => (running = running.then(runAll)),
  };
}
