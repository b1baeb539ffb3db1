import { describe, expect, it } from '@jest/globals';
import { decideAsking, lookEveryMs } from '../../../src/domain/origins/asking.ts';
import type { LogProblem, LogStanding } from '../../../src/domain/origins/log-standing.ts';
import { standingAfter } from '../../../src/domain/origins/log-standing.ts';
import { hour, minute, noon } from '../../support/build.ts';

const noTable: LogProblem = { is: 'no-table' };

describe('the standing of the log', () => {
  it('is well without a problem, and keeps since when it is not', () => {
    const at = (now: number) => ({ asked: 'all', hostsRead: 1, now }) as const;
    const first = standingAfter(undefined, noTable, at(noon));
    expect(first).toEqual({
      askedAt: noon,
      allAskedAt: noon,
      hostsRead: 1,
      trouble: { since: noon, problem: noTable },
    });
    expect(standingAfter(first, noTable, at(noon + hour)).trouble?.since).toBe(noon);
    expect(standingAfter(first, { is: 'partial' }, at(noon + hour)).trouble?.since).toBe(noon + hour);
    const well = { askedAt: noon + hour, allAskedAt: noon + hour, hostsRead: 1 };
    expect(standingAfter(first, undefined, at(noon + hour))).toEqual(well);
  });

  it('knows when all were asked for', () => {
    const first = standingAfter(undefined, undefined, { asked: 'all', hostsRead: 1, now: noon });
    const young = { asked: 'young', hostsRead: 2, now: noon + minute } as const;
    const next = standingAfter(first, undefined, young);
    expect(next).toEqual({ askedAt: noon + minute, allAskedAt: noon, hostsRead: 1 });
    const none = standingAfter(undefined, undefined, { asked: 'young', hostsRead: 1, now: noon });
    expect(decideAsking(none, { everyMs: minute, hostsRead: 1, isUrgent: false }, noon + minute)).toBe('all');
  });
});

describe('what to ask the log for', () => {
  const asked: LogStanding = { askedAt: noon, allAskedAt: noon, hostsRead: 1 };
  const after = (ms: number, isUrgent: boolean, last: LogStanding | undefined = asked) =>
    decideAsking(last, { everyMs: minute, hostsRead: 1, isUrgent }, noon + ms);

  it('is all where nobody has asked, or a clock that was put back did', () => {
    expect(decideAsking(undefined, { everyMs: minute, hostsRead: 1, isUrgent: false }, noon)).toBe('all');
    expect(after(-minute - 1, false)).toBe('all');
  });

  it('is the young at every look, and all every five minutes', () => {
    expect(after(lookEveryMs(minute), true)).toBe('young');
    expect(after(3 * minute, false)).toBeUndefined();
    expect(after(5 * minute, false)).toBe('all');
    expect(after(5 * minute, true, { askedAt: noon + 4 * minute, allAskedAt: noon, hostsRead: 1 })).toBe(
      'all',
    );
  });

  it('is all once another host has been read', () => {
    const more = { everyMs: minute, hostsRead: 2, isUrgent: false };
    expect(decideAsking(asked, more, noon + 1)).toBe('all');
  });

  it('is nothing before the service wants to be asked', () => {
    const failure = { kind: 'throttled', retryAt: noon + 10 * minute } as const;
    const told = { ...asked, trouble: { since: noon, problem: { is: 'unanswered', failure } as const } };
    expect(after(9 * minute, true, told)).toBeUndefined();
    // By a clock that is behind that of whoever asked.
    expect(after(-minute, true, told)).toBeUndefined();
    expect(after(-minute, true)).toBe('young');
    expect(after(10 * minute, true, told)).toBe('all');
  });

  it.each<[LogProblem, 'all' | 'young']>([
    [noTable, 'all'],
    [{ is: 'partial' }, 'all'],
    [{ is: 'unanswered', failure: { kind: 'timed-out' } }, 'all'],
    [{ is: 'no-columns', columns: ['UserEmail'] }, 'young'],
    [{ is: 'too-many' }, 'young'],
  ])('is whatever shows whether it is over: %j', (problem, asking) => {
    expect(after(minute, true, { ...asked, trouble: { since: noon, problem } })).toBe(asking);
    expect(after(minute, false, { ...asked, trouble: { since: noon, problem } })).toBeUndefined();
  });

  it('is looked for once a minute or with every poll, whichever is sooner', () => {
    expect(lookEveryMs(1000)).toBe(2000);
    expect(lookEveryMs(30_000)).toBe(30_000);
    expect(lookEveryMs(10 * minute)).toBeLessThanOrEqual(minute);
  });
});
