/** Copies get the outcome of the first. A failure is forgotten: the next delivery may be the only one that succeeds. */
export type Once<T> = (key: string | undefined, run: () => Promise<T>) => Promise<OnceOutcome<T>>;

export interface OnceOutcome<T> {
  readonly value: T;
  readonly isCopy: boolean;
}

/** Slack repeats what was not acknowledged for some six minutes. */
const rememberedForMs = 10 * 60_000;

/** Remembers what this process was handed, so that deliveries of the same have one effect. */
export function onceEach<T>(clock: () => number): Once<T> {
  const begun = new Map<string, { readonly at: number; readonly outcome: Promise<T> }>();
  return async (key, run) => {
    const now = clock();
    for (const [old, { at }] of begun) {
      if (now - at < rememberedForMs) break;
      begun.delete(old);
    }
    if (key === undefined) return { value: await run(), isCopy: false };
    const first = begun.get(key);
    if (first) return { value: await first.outcome, isCopy: true };
    const outcome = run();
    begun.set(key, { at: now, outcome });
    try {
      return { value: await outcome, isCopy: false };
    } catch (error) {
      begun.delete(key);
      throw error;
    }
  };
}
