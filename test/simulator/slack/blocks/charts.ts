import { z } from 'zod';
import { id } from './text.ts';

/**
 * A chart, in messages only. The limits are the smaller ones where sources disagree.
 * https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */

export const dataVisualizationType = 'data_visualization';

const label = z.string().min(1).max(20);
const axisLabel = z.string().max(50).optional();

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(z.strictObject({ label, value: z.number().positive() }))
    .min(1)
    .max(6),
});

const series = z.strictObject({
  name: label,
  data: z
    .array(z.strictObject({ label, value: z.number() }))
    .min(1)
    .max(20),
});

const overCategories = z
  .strictObject({
    type: z.enum(['bar', 'line', 'area']),
    series: z.array(series).min(1).max(6),
    axis_config: z.strictObject({
      categories: z.array(label).min(1).max(20),
      x_label: axisLabel,
      y_label: axisLabel,
    }),
  })
  .superRefine(({ series: all, axis_config: { categories } }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (new Set(all.map(({ name }) => name)).size < all.length) refuse('series have names of their own');
    if (new Set(categories).size < categories.length) refuse('categories have names of their own');
    const wanted = JSON.stringify([...categories].sort());
    const isComplete = all.every(
      ({ data }) => JSON.stringify(data.map((point) => point.label).sort()) === wanted,
    );
    if (!isComplete) refuse('every series has one point for each category');
  });

export const dataVisualization = z.strictObject({
  type: z.literal(dataVisualizationType),
  block_id: id.optional(),
  title: z.string().min(1).max(50),
  chart: z.union([pie, overCategories]),
});
