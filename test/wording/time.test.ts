import { describe, expect, it } from '@jest/globals';
import { ago, at, atSecond, duration, utcText } from '../../src/wording/time.ts';
import { hour, minute, noon } from '../support/build.ts';

describe('an instant', () => {
  it.each([
    [at(noon + 999), '2026-11-23 12:00 UTC'],
    [ago(noon), 'at 2026-11-23 12:00 UTC'],
    [atSecond(noon + 190_000), '12:03:10 UTC'],
    [at(Date.parse('0001-01-01T00:00:00Z')), '0001-01-01 00:00 UTC'],
  ])('%j is %s where the zone of the reader is not known', (instant, text) => {
    expect(utcText(instant)).toBe(text);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [45_000, '45 s'],
    [4 * minute + 12_000, '4 min 12 s'],
    [4 * hour, '4 h'],
    [9 * hour + 12 * minute + 59_000, '9 h 12 min'],
    [2 * hour + 5000, '2 h'],
    [51 * hour + 30 * minute, '2 d 3 h'],
  ])('of %i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
