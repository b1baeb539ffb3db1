import { DateTime } from 'luxon';

export interface Period {
  readonly from: number;
  /** The first day of it, as a calendar in that time zone names it, e.g. `23 Nov`. */
  readonly label: string;
}

/** As many as a chart of Slack's holds. */
const mostPeriods = 20;

export function periodsOf(since: number, now: number, timeZone: string): readonly Period[] {
  const first = DateTime.fromMillis(since, { zone: timeZone }).startOf('day');
  const last = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const days = Math.round(last.diff(first, 'days').days) + 1;
  const daysEach = Math.ceil(days / mostPeriods);
  const format = days > 300 ? 'd LLL yyyy' : 'd LLL';
  return Array.from({ length: Math.ceil(days / daysEach) }, (_, index) => {
    const from = first.plus({ days: index * daysEach }).startOf('day');
    return { from: from.toMillis(), label: from.setLocale('en').toFormat(format) };
  });
}
