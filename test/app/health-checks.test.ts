import { describe, expect, it } from '@jest/globals';
import { leftAlone } from '../../src/app/health-checks.ts';
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
