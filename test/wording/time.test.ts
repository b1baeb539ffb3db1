import { describe, expect, it } from '@jest/globals';
import { at, atSecond, duration } from '../../src/wording/time.ts';
import { hour, minute, noon } from '../support/build.ts';

describe('an instant', () => {
  it("is shown in the reader's own zone, and in UTC where that fails", () => {
    expect(at(noon + 999)).toEqual({
      type: 'date',
      timestamp: noon / 1000,
      format: '{date_short_pretty} {time}',
      fallback: '2026-11-23 12:00 UTC',
    });
  });

  it('is shown to the second where it proves something', () => {
    expect(atSecond(noon + 190_000)).toMatchObject({ format: '{time_secs}', fallback: '12:03:10 UTC' });
  });

  it('before 1970, which Slack does not take, is shown in UTC', () => {
    expect(at(Date.parse('0001-01-01T00:00:00Z'))).toEqual({ type: 'text', text: '0001-01-01 00:00 UTC' });
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
