import type { RichTextDate, RichTextText } from '@slack/types';

/** An instant, shown in the reader's own zone: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting */
export function at(instant: number): RichTextDate | RichTextText {
  const [day, time] = utc(instant);
  return date(instant, '{date_short_pretty} {time}', `${day} ${time.slice(0, 5)} UTC`);
}

/** How long ago it was, which the reader's Slack keeps true. */
export function ago(instant: number): RichTextDate | RichTextText {
  const [day, time] = utc(instant);
  return date(instant, '{ago}', `at ${day} ${time.slice(0, 5)} UTC`);
}

/** The time of day to the second, for proofs. */
export function atSecond(instant: number): RichTextDate | RichTextText {
  const [, time] = utc(instant);
  return date(instant, '{time_secs}', `${time} UTC`);
}

/** The two largest units, e.g. `9 h 12 min`; what is smaller is dropped. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    { count: Math.floor(seconds / 86_400), unit: 'd' },
    { count: Math.floor(seconds / 3600) % 24, unit: 'h' },
    { count: Math.floor(seconds / 60) % 60, unit: 'min' },
    { count: seconds % 60, unit: 's' },
  ];
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}`)
    .join(' ');
}

/** Slack takes no instant before 1970, which is what an unset start time looks like. */
function date(instant: number, format: string, fallback: string): RichTextDate | RichTextText {
  const timestamp = Math.floor(instant / 1000);
  return timestamp > 0 ? { type: 'date', timestamp, format, fallback } : { type: 'text', text: fallback };
}

function utc(instant: number): [day: string, time: string] {
  const iso = new Date(instant).toISOString();
  return [iso.slice(0, -14), iso.slice(-13, -5)];
}
