import type { HttpHeaders } from '@azure/core-rest-pipeline';

const unnamedWaitMs = 10_000;
/** A wait beyond this is a mistake of somebody's clock. */
const longestWaitMs = 3_600_000;

/** How long the server asks to wait: seconds or a date; undefined when it does not say. */
export function retryAfterMs(headers: HttpHeaders, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestWaitMs);
}

export function retryAtOf(headers: HttpHeaders, now: number): number {
  return now + (retryAfterMs(headers, now) ?? unnamedWaitMs);
}
