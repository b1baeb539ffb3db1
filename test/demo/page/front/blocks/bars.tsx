import { scaleTo } from './scale.ts';

/** No more fit side by side on a phone: in two lines, and in one where some are left out. */
const mostLabels = 8;
const mostWholeLabels = 5;

export interface Series {
  readonly name: string;
  readonly valueAt: (category: string) => number;
}

interface BarsProps {
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly unit: string;
}

/** For the eye alone: whoever shows it tells the same in words. */
export function Bars({ categories, series, unit }: BarsProps) {
  const values = series.flatMap(({ valueAt }) => categories.map(valueAt));
  const { top, ticks } = scaleTo(Math.max(0, ...values));
  const share = (value: number) => `${String((100 * Math.max(0, value)) / top)}%`;
  const every = categories.length <= mostLabels ? 1 : Math.ceil(categories.length / mostWholeLabels);
  return (
    <div aria-hidden="true">
      <p class="unit">{unit}</p>
      <div class="plot">
        {ticks.map((tick) => (
          <span key={tick} class="tick" style={{ bottom: share(tick) }}>
            {tick.toLocaleString('en-US')}
          </span>
        ))}
        {categories.map((category, index) => (
          <div key={category} class="category">
            {series.map(({ name, valueAt }, place) => (
              <span
                key={name}
                class="bar"
                data-series={place}
                title={`${category}, ${name}: ${String(valueAt(category))}`}
                style={{ height: share(valueAt(category)) }}
              />
            ))}
            {index % every === 0 && <small data-whole={every > 1}>{category}</small>}
          </div>
        ))}
      </div>
      <ul class="legend">
        {series.map(({ name }, place) => (
          <li key={name}>
            <span class="bar" data-series={place} /> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
