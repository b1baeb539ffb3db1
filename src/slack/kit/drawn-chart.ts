import type { RichTextBlock } from '@slack/types';
import type { ChartBlock } from './chart.ts';

const widest = 24;
const strokes = ['█', '▒', '░', '▚', '▞', '▤'];

/** The same as a picture of characters, for a Slack that takes no charts: a line for each category. */
export function drawnChart({ title, chart }: ChartBlock): RichTextBlock {
  const { categories } = chart.axis_config;
  const numbers = chart.series.map(({ data }) => data.map(({ value }) => value));
  const sums = categories.map((_, index) => sum(numbers.map((values) => values[index] ?? 0)));
  const unit = Math.max(...sums, widest) / widest;
  const name = Math.max(...categories.map(({ length }) => length));
  const bars = categories.map((category, index) => {
    const bar = numbers.map((values, series) =>
      stroke(series).repeat(Math.ceil((values[index] ?? 0) / unit)),
    );
    return `${category.padStart(name)} ${bar.join('')} ${sums[index] ?? 0}`;
  });
  const legend = chart.series.map((series, index) => `${stroke(index)} ${series.name}`);
  const text = [`${title}: ${legend.join('  ')}`, ...bars].join('\n');
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

function stroke(series: number): string {
  return strokes[series % strokes.length] ?? '█';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
