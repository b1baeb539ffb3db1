import { field, listField, textField } from '../../../../simulator/slack/json.ts';
import type { Series } from './bars.tsx';
import { Bars } from './bars.tsx';

/** Bars where it is of bars; every other kind is told as a table. The table is there for whoever does not see the bars. */
export function Chart({ block }: { readonly block: unknown }) {
  const title = textField(block, 'title') ?? '';
  const chart = field(block, 'chart');
  const segments = listField(chart, 'segments');
  const axis = field(chart, 'axis_config');
  const categories =
    segments.length > 0 ? segments.map(labelOf) : listField(axis, 'categories').map((each) => String(each));
  const series =
    segments.length > 0
      ? [seriesOf(title, segments)]
      : listField(chart, 'series').map((each) =>
          seriesOf(textField(each, 'name') ?? '', listField(each, 'data')),
        );
  const isOfBars = field(chart, 'type') === 'bar';
  const unit = textField(axis, 'y_label') ?? '';
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {isOfBars && <Bars categories={categories} series={series} unit={unit} />}
      <table class={isOfBars ? 'hidden' : undefined}>
        <caption class="hidden">{unit || title}</caption>
        <thead>
          <tr>
            <td />
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {categories.map((category) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map(({ name, valueAt }) => (
                <td key={name} data-align="right">
                  {valueAt(category)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function seriesOf(name: string, data: readonly unknown[]): Series {
  const values = new Map(data.map((point) => [labelOf(point), Number(field(point, 'value'))]));
  return { name, valueAt: (category) => values.get(category) ?? 0 };
}

function labelOf(point: unknown): string {
  return textField(point, 'label') ?? '';
}
