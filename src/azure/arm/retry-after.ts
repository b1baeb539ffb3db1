import type { HttpHeaders } from '@azure/core-rest-pipeline';
import { httpDate } from './http-date.ts';

/** A longer wait comes of a wrong clock. */
export const longestWaitMs = 3_600_000;

export function retryAfterMs(headers: HttpHeaders, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : (httpDate(value) ?? Number.NaN) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestWaitMs);
}

/** 250 reads come back at 25 a second, 200 writes at 10: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
export function fullBucketMs(method: string): number {
  return method === 'GET' ? 10_000 : 20_000;
}
