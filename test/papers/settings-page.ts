import type { Field } from '../../src/config/fields.ts';
import { notSupportedYet, policyTable } from '../../src/config/policy-schema.ts';
import { settingsTable } from '../../src/config/variables.ts';

/** What stands between the marks of the page, by their names. */
const parts = {
  variables: table('variable', settingsTable),
  policy: table('field', policyTable),
  later: [...notSupportedYet].map((name) => `\`${name}\``).join(', '),
} as const;

/** The page with what follows from the schemas; the prose around it stays. */
export function filledIn(page: string): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [before, rest = ''] = text.split(`<!-- ${name}: made by npm run docs -->`);
    const end = rest.indexOf('<!-- end -->');
    if (end < 0) throw new Error(`the page has no place for its ${name}`);
    return `${before}<!-- ${name}: made by npm run docs -->\n\n${part}\n\n${rest.slice(end)}`;
  }, page);
}

function table(what: string, fields: readonly Field[]): string {
  const rows = fields.map((field) => [`\`${field.name}\``, `${field.meaning}${givenOf(field)}`]);
  const all = [[what, 'meaning'], ...rows];
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...others] = all;
  return [line(head), line(['', ''], '-'), ...others.map((row) => line(row))].join('\n');
}

/** In the cell of its meaning: a third column has no room on a phone. */
function givenOf({ default: value }: Field): string {
  if (value === 'unset') return '';
  return value === 'required' ? '. **Required**' : `. Default: ${value}`;
}
