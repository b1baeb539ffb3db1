import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, relative, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { rowsUnder } from '../support/tables.ts';
import { allOf, page } from './pages.ts';

const design = page('docs/design.md');
const layers = readdirSync('src').filter((name) => statSync(join('src', name)).isDirectory());

const { dependencies, devDependencies } = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(page('package.json')));

describe('docs/design.md', () => {
  it('says what each package is for', () => {
    const named = rowsUnder(design, 'Packages').flatMap(([cell = '']) => cell.split(', '));
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

/** The layers that a layer takes something from. */
function importedBy(layer: string): readonly string[] {
  const folder = join('src', layer);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const targets = files.flatMap((file) =>
    allOf(/\bfrom '(\.[^']+)'/g, readFileSync(join(folder, file), 'utf8')).map((specifier) =>
      relative(resolve('src'), resolve(folder, dirname(file), specifier)),
    ),
  );
  return [...new Set(targets.map((target) => target.replace(/\/.*/, '/')))];
}
