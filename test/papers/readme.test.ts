import { describe, expect, it } from '@jest/globals';
import { filterKeys } from '../../src/domain/sessions/filter-text.ts';
import { menuEntries } from '../../src/slack/menu.ts';
import { page } from './pages.ts';

const readme = page('README.md');

describe('the README', () => {
  it('is read in ten minutes', () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(10 * 1024);
  });

  it('lists every sub-command of the menu', () => {
    const names = menuEntries().map(({ name }) => name);
    expect(names.filter((name) => !readme.includes(`| \`/bastion ${name}`))).toEqual([]);
  });

  it('names every filter', () => {
    expect(filterKeys.filter((key) => !readme.includes(`\`${key}:`))).toEqual([]);
  });
});
