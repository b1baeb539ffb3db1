import { readDate } from '../kql/time.ts';

export interface Timespan {
  readonly from: number;
  readonly until: number;
}

export const allTime: Timespan = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** `start/end`, `start/P1D`, `P1D/end` or `P1D`, which ends now; undefined when it is none of these. */
export function readTimespan(text: string, now: number): Timespan | undefined {
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const firstMs = readDuration(first);
  if (second === undefined) return firstMs === undefined ? undefined : { from: now - firstMs, until: now };
  const secondMs = readDuration(second);
  const from = readDate(first);
  const until = readDate(second);
  if (from !== undefined) {
    const end = until ?? (secondMs === undefined ? undefined : from + secondMs);
    return end === undefined ? undefined : { from, until: end };
  }
  return firstMs !== undefined && until !== undefined ? { from: until - firstMs, until } : undefined;
}

function readDuration(text: string): number | undefined {
  const parts = /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  const wholeDays = Number(weeks) * 7 + Number(days);
  return ((wholeDays * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
}
