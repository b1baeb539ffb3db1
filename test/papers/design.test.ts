import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { rowsUnder } from '../support/tables.ts';
import { allOf, page } from './pages.ts';

const design = page('docs/design.md');
const packageRows = rowsUnder(design, 'Packages');
const layers = readdirSync('src').filter((name) => statSync(join('src', name)).isDirectory());

const { dependencies, devDependencies } = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(page('package.json')));

describe('docs/design.md', () => {
  it('says what each package is for', () => {
    const named = packageRows.flatMap(([cell = '']) => cell.split(', '));
    expect(named.toSorted()).toEqual(Object.keys(dependencies).toSorted());
    const [, line = ''] = design.split('And for its development only: ');
    const others = allOf(/`([^`]+)`/g, line).filter((name) => name !== 'azure/arm');
    const types = Object.keys(devDependencies).filter((name) => name.startsWith('@types/'));
    expect(others.filter((name) => name !== '@types/*').toSorted()).toEqual(
      Object.keys(devDependencies)
        .filter((name) => !types.includes(name))
        .toSorted(),
    );
  });

  it.each(packageRows)('says in which layers %s is taken', (names = '', _what = '', layers = '') => {
    const taken = names.split(', ').flatMap(takersOf);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter((layer) => !layers.includes(layer) && layers !== 'all adapters')).toEqual([]);
  });

  it('draws every layer in its tree', () => {
    const [, tree = ''] = design.split('```text');
    expect(allOf(/^ {2}([a-z]+)\/ /gm, tree).toSorted()).toEqual(layers.toSorted());
  });

  it.each(rowsUnder(design, 'Who may import what').filter(([, may]) => may !== 'anything'))(
    '%s imports no other layer than it says',
    (layer = '', may = '') => {
      const allowed = [layer, ...allOf(/([a-z]+\/)/g, may)];
      expect(importedBy(layer).filter((target) => !allowed.includes(target))).toEqual([]);
    },
  );

  it('has a row for every layer', () => {
    const named = rowsUnder(design, 'Who may import what').map(([layer = '']) => layer);
    expect(named.toSorted()).toEqual(layers.map((layer) => `${layer}/`).toSorted());
  });
});

function sourcesOf(layer: string) {
  return readdirSync(join('src', layer), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ folder: join('src', layer, dirname(file)), code: page(join('src', layer, file)) }));
}

/** The layers that take something from a package, but for the composition root, which names the types of all. */
function takersOf(name: string): readonly string[] {
  const takes = ({ code }: { readonly code: string }) => new RegExp(`(from |import\\()'${name}'`).test(code);
  return layers
    .filter((layer) => layer !== 'app' && sourcesOf(layer).some(takes))
    .map((layer) => `${layer}/`);
}

/** The layers that a layer takes something from. */
function importedBy(layer: string): readonly string[] {
  const targets = sourcesOf(layer).flatMap(({ folder, code }) =>
    allOf(/\bfrom '(\.[^']+)'/g, code).map((to) => relative(resolve('src'), resolve(folder, to))),
  );
  return [...new Set(targets.map((target) => target.replace(/\/.*/, '/')))];
}
