import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isIn } from './suites.js';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.test.ts'),
);
const suites = ['quick', 'wire', 'chaos'] as const;

describe('the commands that run tests', () => {
  it('run every test file in just one suite', () => {
    const suitesOf = files.map(
      (file) => [file, suites.filter((suite) => isIn(suite, `/test/${file}`))] as const,
    );
    expect(suitesOf.filter(([, found]) => found.length !== 1)).toEqual([]);
  });

  it.each(suites)('have files for %s', (suite) => {
    expect(files.some((file) => isIn(suite, `/test/${file}`))).toBe(true);
  });
});
