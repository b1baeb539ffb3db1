import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = resolve(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(src, file), 'utf8').trimEnd().split('\n'));
const lengths = files.map(({ length }) => length).toSorted((one, other) => one - other);
const quantile = (share: number) => lengths[Math.ceil(share * lengths.length) - 1];

function commentsIn(lines: readonly string[]): number {
  let isInside = false;
  return lines.filter((line) => {
    const text = line.trim();
    const isComment = isInside || text.startsWith('//') || text.startsWith('/*');
    isInside = isComment && !text.startsWith('//') && !text.endsWith('*/');
    return isComment;
  }).length;
}

describe('the files of the source', () => {
  it('are read on one screen, half of them at a glance', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(45);
    expect(quantile(0.9)).toBeLessThanOrEqual(110);
    expect(quantile(1)).toBeLessThanOrEqual(200);
  });

  it('speak for themselves: six lines of a hundred are comments, at most', () => {
    const comments = files.reduce((sum, lines) => sum + commentsIn(lines), 0);
    const all = lengths.reduce((sum, length) => sum + length, 0);
    expect(comments / all).toBeLessThanOrEqual(0.06);
    expect(comments).toBeGreaterThan(0);
  });
});
