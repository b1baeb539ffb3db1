/** Says that something happened, and waits until something has: no sleeping, no polling. */
export interface Changes {
  readonly note: () => void;
  /** The first answer of `probe` that is neither undefined nor false, asked now and after every change. */
  until<T>(probe: () => T | undefined | false, what?: string, timeoutMs?: number): Promise<T>;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** Only what never comes is waited for so long: however busy the machine is, that is no reason to fail. */
const patienceMs = 30_000;

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    note: () => {
      for (const listener of listeners) listener();
    },
    subscribe,
    until: (probe, what = 'what was waited for', timeoutMs = patienceMs) =>
      new Promise((resolve, reject) => {
        const check = () => {
          try {
            const found = probe();
            if (found === undefined || found === false) return;
            settle();
            resolve(found);
          } catch (error) {
            settle();
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`${what} did not happen within ${String(timeoutMs)} ms`));
        }, timeoutMs);
        const unsubscribe = subscribe(check);
        const settle = () => {
          clearTimeout(timer);
          unsubscribe();
        };
        check();
      }),
  };
}
