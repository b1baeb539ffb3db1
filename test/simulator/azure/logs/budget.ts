import type { LogsErrorOptions } from './errors.ts';

/** What one identity may ask of all workspaces. https://learn.microsoft.com/azure/azure-monitor/service-limits#log-queries-and-language */
export interface LogsBudget {
  readonly atOnce: number;
  /** So many more wait for their turn. */
  readonly waiting: number;
  readonly perWindow: number;
  readonly windowMs: number;
}

export const azureLogsBudget: LogsBudget = { atOnce: 5, waiting: 200, perWindow: 200, windowMs: 30_000 };

/** Waits for a place, which is free again when the connection of the query is done with; or says 429. */
export type Admit = (done: Promise<void>) => Promise<LogsErrorOptions | undefined>;

export function logsBudget(budget: LogsBudget | 'unlimited', clock: () => number): Admit {
  if (budget === 'unlimited') return async () => undefined;
  const waiting: (() => void)[] = [];
  let inHand = 0;
  let askedAt: readonly number[] = [];

  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else inHand -= 1;
  };

  return async (done) => {
    const now = clock();
    askedAt = askedAt.filter((at) => at > now - budget.windowMs);
    const [oldest = now] = askedAt;
    if (askedAt.length >= budget.perWindow) return throttled(oldest + budget.windowMs - now);
    if (waiting.length >= budget.waiting) return throttled(1000);
    askedAt = [...askedAt, now];
    if (inHand < budget.atOnce) inHand += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    void done.then(leave);
    return undefined;
  };
}

function throttled(forMs: number): LogsErrorOptions {
  return { status: 429, code: 'ThrottledError', retryAfter: Math.max(1, Math.ceil(forMs / 1000)) };
}
