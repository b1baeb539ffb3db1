import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { patternLength, textPattern, wholePattern } from '../../../src/domain/kit/glob.ts';
import { foreignText as text } from '../../support/arbitrary.ts';
import { runs } from '../../support/runs.ts';

const wordless = (one: string) => one.replaceAll('*', '');

const matchesGlob = (pattern: string, candidate: string) => wholePattern(pattern)(candidate);

describe('a pattern for the whole of a text', () => {
  it.each([
    ['bastion-prod-*', 'bastion-prod-eu', true],
    ['bastion-prod-*', 'bastion-prod-', true],
    ['bastion-prod-*', 'bastion-prod', false],
    ['bastion-prod-*', 'my-bastion-prod-eu', false],
    ['*-prod', 'Bastion-PROD', true],
    ['vm-*-web', 'vm-1-web', true],
    ['vm-*-web', 'vm-web', false],
    [String.raw`CORP\*`, String.raw`corp\alice`, true],
    [String.raw`corp\bob`, String.raw`CORP\bob`, true],
    [String.raw`corp\bob`, 'corp-bob', false],
    ['*', '', true],
    ['**', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', '', false],
    ['*', '..', true],
    ['*', 'two\nlines', true],
    ['svc(backup)*', 'svc(backup)1', true],
    ['vm?', 'vm1', false],
    ['!prod', 'test', false],
    ['v.1', 'vx1', false],
  ])('%j and %j: %j', (pattern, candidate, expected) => {
    expect(matchesGlob(pattern, candidate)).toBe(expected);
  });

  it('covers any text whatever by *', () => {
    fc.assert(
      fc.property(text, (any) => expect(matchesGlob('*', any)).toBe(true)),
      runs(100),
    );
  });

  it('takes every other character for itself', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const pattern = wordless(one);
        expect(matchesGlob(pattern, pattern)).toBe(true);
        expect(matchesGlob(`${pattern}*`, pattern + other)).toBe(true);
        expect(matchesGlob(`*${pattern}`, other + pattern)).toBe(true);
        expect(matchesGlob(`${pattern}x`, pattern)).toBe(false);
      }),
      runs(100),
    );
  });

  it('compares ASCII letters without case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9\\/ .-]*$/), (lower) => {
        expect(matchesGlob(lower.toUpperCase(), lower)).toBe(true);
      }),
      runs(100),
    );
  });

  it('means what the regular expression means that it stands for', () => {
    const letters = fc.constantFrom(
      'a',
      'A',
      'ab',
      '-',
      'ſ',
      's',
      'Σ',
      'σ',
      'ς',
      'İ',
      'i',
      'ı',
      'ẞ',
      'ß',
      '😀',
      '\n',
    );
    const pattern = fc.array(fc.oneof(letters, fc.constantFrom('*', '**')), { maxLength: 7 });
    fc.assert(
      fc.property(pattern, fc.array(letters, { maxLength: 9 }), (wanted, given) => {
        const source = wanted.join('').replaceAll(/\*+/g, '.*');
        expect(matchesGlob(wanted.join(''), given.join(''))).toBe(
          new RegExp(`^${source}$`, 'isu').test(given.join('')),
        );
      }),
      runs(3000),
    );
  });

  it('fits nothing where it is longer than any may be', () => {
    const long = 'a'.repeat(patternLength);
    expect(matchesGlob(long, long)).toBe(true);
    expect(textPattern(long)(`b${long}b`)).toBe(true);
    for (const tooLong of [`${long}a`, `*${long}`]) {
      expect(matchesGlob(tooLong, tooLong)).toBe(false);
      expect(textPattern(tooLong)(tooLong)).toBe(false);
    }
  });
});
