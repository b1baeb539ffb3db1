/** One line of the report. */
export interface Line {
  readonly measurement: string;
  readonly reached: string;
  readonly target?: string;
  readonly isMet?: boolean;
}

const headings = ['measurement', 'reached', 'target', ''] as const;

export function printTable(lines: readonly Line[]): void {
  const rows = lines.map(({ measurement, reached, target = '', isMet }) => [
    measurement,
    reached,
    target,
    isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
  ]);
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const written = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  console.log(['', written[0], rule, ...written.slice(1)].map((line) => line?.trimEnd()).join('\n'));
}

/** The value that this share of the others does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function range(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? `${least}` : `${least}–${most}`;
}
