import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { isNews } from '../../../src/domain/sessions/origin.ts';

const likely: Origin = {
  known: 'likely',
  isSoFar: false,
  candidates: [{ entraUser: 'fay@corp.example', clientAddress: '203.0.113.7' }],
};

describe('isNews', () => {
  it('does not depend on the order in which a stored record has its fields', () => {
    const stored: Origin = {
      candidates: [{ clientAddress: '203.0.113.7', entraUser: 'fay@corp.example' }],
      isSoFar: false,
      known: 'likely',
    };
    expect(isNews({ origin: stored }, likely)).toBe(false);
  });

  it('is what differs, and also that nothing is known any more', () => {
    expect(isNews({}, likely)).toBe(true);
    expect(isNews({ origin: likely }, { ...likely, isSoFar: true })).toBe(true);
    expect(isNews({ origin: likely }, undefined)).toBe(true);
  });
});
