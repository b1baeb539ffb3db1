import { describe, expect, it } from '@jest/globals';
import { playFifty } from './fifty.ts';
import { playRound } from './round.ts';
import { upheavalNames } from './upheavals.ts';

describe('a short and violent life', () => {
  it('loses nothing, doubles nothing and ends nothing falsely', async () => {
    const { counts, faults, violations } = await playRound({
      seed: 7,
      kills: 6,
      seconds: 20,
      hosts: 3,
      history: true,
      tell: () => undefined,
    });
    expect(violations).toEqual([]);
    expect(counts['cards shown']).toBeGreaterThan(0);
    expect(upheavalNames.filter((name) => !faults.has(name))).toEqual([]);
  }, 240_000);

  it('lets one of fifty approvers win and tells the others', async () => {
    const { disconnects, violations } = await playFifty(2);
    expect(violations).toEqual([]);
    expect(disconnects).toBe(2);
  }, 120_000);
});
