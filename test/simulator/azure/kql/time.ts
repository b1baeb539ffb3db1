const dayMs = 86_400_000;

/** As answers carry it: the fraction is as long as it must be, up to seven digits. */
export function shortDateText(ms: number): string {
  return dateText(ms).replace(/\.?0+Z$/, 'Z');
}

/** As `tostring` writes it: with seven digits. */
export function dateText(ms: number): string {
  const whole = Math.floor(ms);
  const ticks = Math.min(9999, Math.round((ms - whole) * 10_000));
  return new Date(whole).toISOString().replace('Z', `${String(ticks).padStart(4, '0')}Z`);
}

const iso =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?\s*$/i;
const american = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP]M))?)?\s*$/i;

/** Undefined when the text is no date; without a zone it is UTC. */
export function readDate(text: string): number | undefined {
  const parts = iso.exec(text);
  if (parts) {
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '0', zone = 'Z'] = parts;
    const fractionMs = Number(`0.${fraction}`) * 1000;
    return instant([year, month, day, hour, minute, second], fractionMs - offsetMs(zone));
  }
  const [, month, day, year, hour = 0, minute = 0, second = 0, half] = american.exec(text) ?? [];
  if (year === undefined) return undefined;
  const hour24 = half === undefined ? hour : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return instant([year, month, day, hour24, minute, second], 0);
}

function instant(parts: readonly (string | number | undefined)[], moreMs: number): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isReal ? date.getTime() + moreMs : undefined;
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const unitsMs: Readonly<Record<string, number>> = {
  d: dayMs,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  microsecond: 0.001,
  tick: 0.0001,
};

/** `5m`, `1d`, `1.02:03:04`; undefined when it is no timespan. */
export function readSpan(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  if (amount !== undefined && unitMs !== undefined) return Number(amount) * unitMs;
  const [, days = 0, hours, minutes = 0, seconds = 0] =
    /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  return Number(days) * dayMs + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

export function spanText(ms: number): string {
  const days = Math.floor(Math.abs(ms) / dayMs);
  const time = dateText(Math.abs(ms) % dayMs)
    .slice(11, -1)
    .replace(/\.0+$/, '');
  return `${ms < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${time}`;
}

/** Days and weeks begin where Kusto's time does, on the first of January of the year 1. */
export function binDate(ms: number, spanMs: number): number {
  const beginning = -62_135_596_800_000;
  return Math.floor((ms - beginning) / spanMs) * spanMs + beginning;
}
