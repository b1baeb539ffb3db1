import { describe, expect, it } from '@jest/globals';
import type { LogProblem } from '../../../src/domain/origins/log-standing.ts';
import { isTimeToAsk, lookEveryMs, standingAfter } from '../../../src/domain/origins/log-standing.ts';
import { hour, minute, noon } from '../../support/build.ts';

const noTable: LogProblem = { is: 'no-table' };

describe('the standing of the log', () => {
  it('is well without a problem, and keeps since when it is not', () => {
    const first = standingAfter(undefined, noTable, noon);
    expect(first).toEqual({ askedAt: noon, trouble: { since: noon, problem: noTable } });
    expect(standingAfter(first, noTable, noon + hour).trouble?.since).toBe(noon);
    expect(standingAfter(first, { is: 'partial' }, noon + hour).trouble?.since).toBe(noon + hour);
    expect(standingAfter(first, undefined, noon + hour)).toEqual({ askedAt: noon + hour });
  });
});

describe('the time to ask', () => {
  const poll = { everyMs: minute };
  const asked = { askedAt: noon };

  it('is now where nobody has asked, or a clock that was put back did', () => {
    expect(isTimeToAsk(undefined, { ...poll, isUrgent: false }, noon)).toBe(true);
    expect(isTimeToAsk({ askedAt: noon + 1 }, { ...poll, isUrgent: false }, noon)).toBe(true);
  });

  it('is at every look while rows may come, and every five minutes after', () => {
    expect(isTimeToAsk(asked, { ...poll, isUrgent: true }, noon + lookEveryMs(minute))).toBe(true);
    expect(isTimeToAsk(asked, { ...poll, isUrgent: false }, noon + 3 * minute)).toBe(false);
    expect(isTimeToAsk(asked, { ...poll, isUrgent: false }, noon + 5 * minute)).toBe(true);
  });

  it('is not before the service wants to be asked', () => {
    const failure = { kind: 'throttled', retryAt: noon + 10 * minute } as const;
    const told = { askedAt: noon, trouble: { since: noon, problem: { is: 'unanswered', failure } as const } };
    expect(isTimeToAsk(told, { ...poll, isUrgent: true }, noon + 9 * minute)).toBe(false);
    expect(isTimeToAsk(told, { ...poll, isUrgent: true }, noon + 10 * minute)).toBe(true);
  });

  it('comes once a minute or with every poll, whichever is sooner', () => {
    expect(lookEveryMs(2000)).toBe(5000);
    expect(lookEveryMs(30_000)).toBe(30_000);
    expect(lookEveryMs(10 * minute)).toBeLessThanOrEqual(minute);
  });
});
