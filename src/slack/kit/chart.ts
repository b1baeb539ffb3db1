import type { KnownBlock } from '@slack/types';

/** Which `@slack/types` does not know yet: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export interface ChartBlock {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
  };
}

/** One bar for each category and series. A chart says nothing that words beside it do not say. */
export function barChart(
  { title, unit }: { readonly title: string; readonly unit: string },
  categories: readonly string[],
  series: ReadonlyMap<string, readonly number[]>,
): ChartBlock {
  return {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: [...series].map(([name, values]) => ({
        name,
        data: categories.map((label, index) => ({ label, value: values[index] ?? 0 })),
      })),
      axis_config: { categories, y_label: unit },
    },
  };
}

export function isChart(block: KnownBlock | ChartBlock): block is ChartBlock {
  return block.type === 'data_visualization';
}
