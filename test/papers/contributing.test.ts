import { describe, expect, it } from '@jest/globals';
import { rowsOf } from '../support/tables.ts';
import { spansOf, page } from './pages.ts';

const contributing = page('CONTRIBUTING.md');

describe('CONTRIBUTING.md', () => {
  it.each(['Recipes', 'Where to look'])('names a file for each line of “%s”', (heading) => {
    const rows = rowsOf(contributing, heading);
    expect(rows.length).toBeGreaterThan(10);
    const vague = rows.filter(([, files = '']) => !spansOf(files).some((span) => /^(src|test)\//.test(span)));
    expect(vague.map(([what]) => what)).toEqual([]);
  });
});
