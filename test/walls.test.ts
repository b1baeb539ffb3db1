import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { importsOf } from './support/imports.ts';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.[jt]sx?$/.test(file),
);
const named = z.record(z.string(), z.string());
const { dependencies, devDependencies } = z
  .object({ dependencies: named, devDependencies: named })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')));
const packages = Object.keys({ ...dependencies, ...devDependencies });

/** As `file: what it imports`. */
function importsFrom(these: RegExp, wanted: (target: string) => boolean): readonly string[] {
  return files
    .filter((file) => these.test(file))
    .flatMap((file) =>
      importsOf(import.meta.dirname, file)
        .filter(wanted)
        .map((target) => `${file}: ${target}`),
    );
}

describe('the walls between the parts of the tests', () => {
  it('let the simulator hold Slack, Azure and a proxy, and nothing else', () => {
    const folders = files.map((file) => /^simulator\/([^/]+)\//.exec(file)?.[1] ?? '');
    expect(new Set(folders)).toEqual(new Set(['', 'azure', 'proxy', 'slack']));
  });

  it('let it share no code, and so no mistake, with what it tests', () => {
    const own = new RegExp(`^(simulator/|node:|(${packages.join('|')})(/|$))`);
    expect(importsFrom(/^simulator\//, () => true).length).toBeGreaterThan(100);
    expect(importsFrom(/^simulator\//, (target) => !own.test(target))).toEqual([]);
  });

  it('let only the tests and the measurements of the demo look into it', () => {
    const guests = /^(demo\/|page\/|e2e\/demo[^/]*\.test\.ts$|bench\/page\.ts$)/;
    const intoDemo = (target: string) => target.startsWith('demo/');
    expect(importsFrom(guests, intoDemo).length).toBeGreaterThan(10);
    expect(importsFrom(new RegExp(`^(?!${guests.source.slice(1)})`), intoDemo)).toEqual([]);
  });
});
