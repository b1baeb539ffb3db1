import type { Answer } from './reply.ts';
import { armError } from './reply.ts';

/** Token buckets as Resource Manager has them, per subscription. https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
export interface Budget {
  readonly size: number;
  readonly perSecond: number;
}

export interface Budgets {
  readonly reads: Budget;
  readonly writes: Budget;
}

export const azureBudgets: Budgets = {
  reads: { size: 250, perSecond: 25 },
  writes: { size: 200, perSecond: 10 },
};

export type Spend = (subscriptionId: string, method: string) => Answer | undefined;

/** Takes one request off the budget of its subscription, or says 429. */
export function throttle(budgets: Budgets | 'unlimited', clock: () => number): Spend {
  if (budgets === 'unlimited') return () => undefined;
  const buckets = new Map<string, { left: number; at: number }>();
  return (subscriptionId, method) => {
    const kind = method === 'GET' ? 'reads' : 'writes';
    const { perSecond, size } = budgets[kind];
    const now = clock();
    const key = `${subscriptionId} ${kind}`;
    const bucket = buckets.get(key) ?? { left: size, at: now };
    const left = Math.min(size, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    if (left < 1) {
      buckets.set(key, { left, at: now });
      const retryAfter = Math.ceil((1 - left) / perSecond);
      return armError({ status: 429, code: 'SubscriptionRequestsThrottled', retryAfter });
    }
    buckets.set(key, { left: left - 1, at: now });
    return undefined;
  };
}
