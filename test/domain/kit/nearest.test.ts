import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../src/domain/kit/nearest.ts';

describe('nearest', () => {
  const known = ['sessions', 'help', 'warnAfter'];

  it.each([
    ['session', 'sessions'],
    ['sesions', 'sessions'],
    ['HELP', 'help'],
    ['hlep', 'help'],
    ['plehs', undefined],
    ['halp', 'help'],
    ['warnafter', 'warnAfter'],
    ['banana', undefined],
    ['', undefined],
    ['s'.repeat(40_000), undefined],
  ])('takes %j for %j', (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  it('prefers the closest of several', () => {
    expect(nearest('hosts', ['posts', 'hosts', 'ghosts'])).toBe('hosts');
  });
});
