import type { StartSource } from '../../domain/sessions/session.ts';
import { isObject } from '../arm/json.ts';

export interface Start {
  readonly startedAt: number;
  readonly startedAtFrom: StartSource;
}

/** The duration comes in whole minutes, so a given start wins; with neither, the session starts with the answer. */
export function startOf(startTime: unknown, durationMinutes: unknown, answeredAt: number): Start {
  const given = parseStartTime(startTime);
  if (given !== undefined) return { startedAt: given, startedAtFrom: 'given' };
  if (typeof durationMinutes === 'number' && durationMinutes >= 0) {
    const startedAt = answeredAt - Math.round(durationMinutes * 60_000);
    if (startedAt >= Date.UTC(firstYear, 0)) return { startedAt, startedAtFrom: 'duration' };
  }
  return { startedAt: answeredAt, startedAtFrom: 'reading' };
}

const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d))?$/i;
const longestTime = 100;
/** Bastion's first; .NET's empty date is in the year 1. */
const firstYear = 2019;

/** Epoch milliseconds. Like Microsoft's sample it may be unpadded, and without a zone means UTC. */
export function parseStartTime(value: unknown): number | undefined {
  const match = pattern.exec(textIn(value).slice(0, longestTime).trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours = 0, zoneMinutes = 0] =
    match;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const local = utc(parts);
  if (local === undefined || Number(year) < firstYear) return undefined;
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return local + Number(fraction.padEnd(3, '0').slice(0, 3)) - zoneMs;
}

/** `Date` would carry over a day or hour that does not exist. */
function utc([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]) {
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isSame =
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day &&
    at.getUTCHours() === hour &&
    at.getUTCMinutes() === minute;
  return isSame ? at.getTime() : undefined;
}

/** The specification types the time as an object, so SDKs make a dictionary of its characters. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return '';
  return Object.values(value)
    .filter((sign) => typeof sign === 'string')
    .join('');
}
