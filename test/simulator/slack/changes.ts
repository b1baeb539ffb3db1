/** Says that something happened, and waits until something has: no sleeping, no polling. */
export interface Changes {
  readonly note: () => void;
  /** The first answer of `probe` that is neither undefined nor false, asked now and after every change. */
  until<T>(probe: () => T | undefined | false, timeoutMs?: number, what?: string): Promise<T>;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

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
    until: (probe, timeoutMs = 5000, what = 'what was waited for') =>
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
