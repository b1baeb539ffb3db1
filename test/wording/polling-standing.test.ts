import { describe, expect, it } from '@jest/globals';
import { pollingProblem } from '../../src/wording/polling-standing.ts';
import { minute, noon } from '../support/build.ts';

describe('a problem of the polling', () => {
  it.each([
    [{ is: 'on-time' }, undefined],
    [{ is: 'behind', lagMs: 3 * minute, waiting: 120 }, '3 min behind: 120 hosts wait for their turn'],
    [{ is: 'behind', lagMs: 90_500, waiting: 1 }, '1 min 30 s behind: 1 host waits for its turn'],
    [{ is: 'nobody-polls', since: noon }, 'nobody has polled since 2026-11-23T12:00:00.000Z: no worker runs'],
    [{ is: 'nobody-polls' }, 'nobody has polled yet: no worker runs'],
  ] as const)('of %j reads %j', (standing, said) => {
    expect(pollingProblem(standing)).toBe(said);
  });
});
