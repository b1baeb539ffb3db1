import type { EndingCounts, PeriodCounts } from '../../domain/history/list.ts';
import { totalOf } from '../../domain/history/list.ts';
import type { ChartBlock } from '../kit/chart.ts';
import { barChart } from '../kit/chart.ts';

export function chartOf(periods: readonly PeriodCounts[]): ChartBlock {
  const values = (of: (counts: EndingCounts) => number) => periods.map(({ counts }) => of(counts));
  const series = [
    ['By themselves', values(({ byItself }) => byItself)],
    ['By the bot', values(({ byBot }) => byBot)],
    ['Lost sight of', values(({ lost }) => lost)],
  ] as const;
  const seen = series.filter(([, numbers]) => numbers.some((number) => number > 0));
  return barChart(
    { title: 'Ended sessions', unit: 'Sessions' },
    periods.map(({ label }) => label),
    new Map(seen),
  );
}

/** What the chart shows, for a screen reader. */
export function periodsInWords(periods: readonly PeriodCounts[]): string {
  const told = periods
    .filter(({ counts }) => totalOf(counts) > 0)
    .map(({ label, counts }) => {
      const others = endingsInWords({ ...counts, byItself: 0 });
      return `${label}: ${totalOf(counts)}${others === '' ? '' : ` (${others})`}`;
    });
  const [first, second] = periods;
  const isByDay = !first || !second || second.from - first.from < longestDayMs;
  return `Ended, ${isByDay ? 'by day' : 'by the day from which they count'}: ${told.toReversed().join('; ')}`;
}

/** A day can have 25 hours. */
const longestDayMs = 26 * 3_600_000;

export function endingsInWords({ byItself, byBot, lost }: EndingCounts): string {
  return [
    ...(byItself > 0 ? [`${byItself} by themselves`] : []),
    ...(byBot > 0 ? [`${byBot} by the bot`] : []),
    ...(lost > 0 ? [`${lost} lost sight of`] : []),
  ].join(', ');
}
