import { describe, expect, it } from '@jest/globals';
import { leftAlone, troublesOf } from '../../src/app/health-details.ts';
import { noon } from '../support/build.ts';

describe('what /readyz says of records that cannot be read', () => {
  const record = (index: number) => ({
    key: `{bastion}:alert:${index}`,
    reference: `r${index}`,
    why: 'not of schema 1',
    since: noon,
  });

  it('names one with its reference', () => {
    expect(leftAlone([record(1)])).toBe(
      '1 record cannot be read and is left alone (written by a newer version?): {bastion}:alert:1 (reference r1)',
    );
  });

  it('names some of many', () => {
    expect(leftAlone(Array.from({ length: 30 }, (_, index) => record(index)))).toMatch(
      /^30 records cannot be read and are left alone \(.*\): .*\{bastion\}:alert:4 \(reference r4\), 25 more$/,
    );
  });
});

describe('what /readyz says of what goes wrong in this process', () => {
  const failing = (what: string, times: number) => ({ what, times, since: noon, is: 'failing' as const });

  it('names a round at its first failure, and what is due once it fails again and again', () => {
    expect(troublesOf([])).toBeUndefined();
    expect(troublesOf([failing('card-alert-1', 2)])).toBeUndefined();
    expect(troublesOf([failing('round sweep', 1), failing('card-alert-1', 3)])).toBe(
      'round sweep failed 1 times in a row since 2026-11-23T12:00:00.000Z; card-alert-1 failed 3 times in a row since 2026-11-23T12:00:00.000Z',
    );
  });

  it('names what does not come to its end, and some of many', () => {
    const hanging = { what: 'round discovery', times: 0, since: noon, is: 'hanging' } as const;
    const many = Array.from({ length: 9 }, (_, index) => failing(`card-${index}`, 3));
    expect(troublesOf([hanging, ...many])).toMatch(
      /^round discovery has not come to its end since .*card-3 failed .*; 5 more$/,
    );
  });
});
