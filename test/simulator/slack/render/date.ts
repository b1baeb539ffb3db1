import type { Reader } from './reader.ts';

const dayMs = 86_400_000;
const short = { month: 'short', day: 'numeric', year: 'numeric' } as const;
const long = { month: 'long', day: 'numeric', year: 'numeric' } as const;
const full = { weekday: 'long', ...long } as const;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: long,
  date_long: full,
  date_long_full: full,
  date_long_pretty: full,
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date_pretty: long,
  date_short: short,
  date_short_pretty: short,
  time,
  time_secs: { ...time, second: '2-digit' },
};

/**
 * A date token's format, filled in for the reader.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function renderDate(timestamp: number, format: string, reader: Reader): string {
  const at = timestamp * 1000;
  return format.replace(/\{(\w+)\}/g, (token, name: string) => {
    if (name === 'ago') return ago(reader.now() - at);
    const options = formats[name];
    if (!options) return token;
    const near = name.endsWith('_pretty') ? nearDay(at, reader) : undefined;
    return near ?? inZone(at, reader, options);
  });
}

function nearDay(at: number, reader: Reader): string | undefined {
  const day = (instant: number) => inZone(instant, reader, short);
  if (day(at) === day(reader.now())) return 'today';
  if (day(at) === day(reader.now() - dayMs)) return 'yesterday';
  return day(at) === day(reader.now() + dayMs) ? 'tomorrow' : undefined;
}

function inZone(at: number, { timeZone }: Reader, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(at);
}

function ago(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [count, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 3600
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 86_400
          ? [Math.round(seconds / 3600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  const span = `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
  return ms < 0 ? `in ${span}` : `${span} ago`;
}
