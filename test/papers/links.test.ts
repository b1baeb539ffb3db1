import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { allOf, anchorsOf, page, pages, withoutFences } from './pages.ts';

const link = /(?:\]\(|^\[[\w-]+\]: )([^)\s]+)/gm;

describe.each(pages)('$path', ({ path, text }) => {
  const links = allOf(link, withoutFences(text)).filter((to) => !/^https?:/.test(to));

  it('links to nothing that is not there', () => {
    const missing = links.filter((to) => {
      const [file = '', anchor] = to.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(page(target)).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('has a target for every link by a name', () => {
    const named = allOf(/\]\[([\w-]+)\]/g, withoutFences(text));
    const targets = allOf(/^\[([\w-]+)\]: /gm, text);
    expect([...new Set(named)].toSorted()).toEqual(targets.toSorted());
  });
});

it('README leads to every page', () => {
  const linked = allOf(link, page('README.md')).map((to) => to.replace(/#.*/, ''));
  expect(
    pages.map(({ path }) => path).filter((path) => path !== 'README.md' && !linked.includes(path)),
  ).toEqual([]);
});
