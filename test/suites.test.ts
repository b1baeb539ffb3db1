import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf } from './support/imports.ts';
import { jestArguments, quick } from './suites.ts';

const root = resolve(import.meta.dirname, '..');
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`);
const isQuick = (file: string) => quick.some((pattern) => new RegExp(`/${pattern}`).test(`/${file}`));

describe('the suites of tests', () => {
  it('are two, of which `npm test` leaves out none', () => {
    const quickly = files.filter(isQuick);
    expect(quickly.length).toBeGreaterThan(150);
    expect(files.length - quickly.length).toBeGreaterThan(100);
    const [first = ''] = jestArguments('wire');
    expect(first).toBe(`--testPathIgnorePatterns=<rootDir>/${quick[0]}`);
    expect(jestArguments('wire')).toHaveLength(quick.length);
  });

  it.each(files.filter(isQuick))('%s needs no server and no browser to be quick', (file) => {
    const needed = importsOf(root, file);
    expect(
      needed.filter((path) => /support\/(redis|world|bot|browser)\b|^ioredis$|^playwright/.test(path)),
    ).toEqual([]);
  });
});
