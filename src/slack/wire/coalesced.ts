export interface Kept<T> {
  readonly value: T;
  /** 0 keeps it for those only who are waiting already. */
  readonly keepForMs: number;
}

/** Beyond this the oldest are forgotten. */
const mostEntries = 10_000;

/** Asks once for all who ask at the same time, and keeps the answer as long as it says. */
export function coalesced<T>(
  ask: (key: string) => Promise<Kept<T>>,
  clock: () => number,
): (key: string) => Promise<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>();
  const asking = new Map<string, Promise<T>>();

  const askAndKeep = async (key: string) => {
    try {
      const { value, keepForMs } = await ask(key);
      kept.delete(key);
      kept.set(key, { value, until: clock() + keepForMs });
      const [oldest] = kept.keys();
      if (kept.size > mostEntries && oldest !== undefined) kept.delete(oldest);
      return value;
    } finally {
      asking.delete(key);
    }
  };

  return (key) => {
    const known = kept.get(key);
    if (known && clock() < known.until) return Promise.resolve(known.value);
    const question = asking.get(key) ?? askAndKeep(key);
    asking.set(key, question);
    return question;
  };
}
