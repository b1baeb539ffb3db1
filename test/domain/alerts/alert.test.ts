import { describe, expect, it } from '@jest/globals';
import type { AlertState } from '../../../src/domain/alerts/alert.ts';
import { isOpen } from '../../../src/domain/alerts/alert.ts';
import { anAlert, noon } from '../../support/build.ts';

describe('isOpen', () => {
  it.each<[AlertState, boolean]>([
    [{ is: 'open' }, true],
    [{ is: 'unconfirmed' }, true],
    [{ is: 'ended', checkedAt: noon }, false],
    [{ is: 'lost', at: noon, why: 'host-gone' }, false],
    [{ is: 'lifted', at: noon }, false],
  ])('of %j is %j', (state, expected) => {
    expect(isOpen(anAlert({ state }))).toBe(expected);
  });
});
