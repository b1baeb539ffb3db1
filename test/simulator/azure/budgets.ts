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

/** Takes one request off the budget of its subscription, or says 429. */
export type Spend = (subscriptionId: string, method: string) => Answer | undefined;

export interface Throttle {
  readonly spend: Spend;
  /** Whatever is left of the budgets of this subscription, nothing is for so long. */
  exhaust(subscriptionId: string, forMs: number): void;
}

export function throttle(budgets: Budgets | 'unlimited', clock: () => number): Throttle {
  const buckets = new Map<string, { left: number; at: number }>();
  const exhaustedUntil = new Map<string, number>();

  const spendOf = (subscriptionId: string, method: string, of: Budgets) => {
    const kind = method === 'GET' ? 'reads' : 'writes';
    const { perSecond, size } = of[kind];
    const now = clock();
    const key = `${subscriptionId} ${kind}`;
    const bucket = buckets.get(key) ?? { left: size, at: now };
    const left = Math.min(size, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    if (left < 1) {
      buckets.set(key, { left, at: now });
      return throttled((1 - left) / perSecond);
    }
    buckets.set(key, { left: left - 1, at: now });
    return undefined;
  };

  return {
    spend: (subscriptionId, method) => {
      const waitMs = (exhaustedUntil.get(subscriptionId) ?? 0) - clock();
      if (waitMs > 0) return throttled(waitMs / 1000);
      return budgets === 'unlimited' ? undefined : spendOf(subscriptionId, method, budgets);
    },
    exhaust: (subscriptionId, forMs) => void exhaustedUntil.set(subscriptionId, clock() + forMs),
  };
}

function throttled(seconds: number): Answer {
  return armError({
    status: 429,
    code: 'SubscriptionRequestsThrottled',
    retryAfter: Math.ceil(seconds),
  });
}
