import { describe, expect, it } from '@jest/globals';
import { lettingBe } from '../../src/jobs/let-be.ts';
import { restMs, setbacks } from '../../src/jobs/setbacks.ts';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { minute, noon } from '../support/build.ts';

describe('the account of what goes wrong', () => {
  it('counts the failures of a row, names since when, and forgets what works again', () => {
    let now = noon;
    const account = setbacks(() => now);
    expect(account.failed('sweep')).toBe(1);
    now += minute;
    expect(account.failed('sweep')).toBe(2);
    expect(account.standing()).toEqual([{ what: 'sweep', since: noon, is: 'failing', times: 2 }]);
    account.worked('sweep');
    expect(account.standing()).toEqual([]);
  });

  it('names what has begun and does not end, and counts in all what was said to begin', () => {
    let now = noon;
    const account = setbacks(() => now);
    account.begun('round sweep', minute);
    now += minute;
    expect(account.standing()).toEqual([]);
    now += 1;
    expect(account.standing()).toEqual([{ what: 'round sweep', since: noon, is: 'hanging', times: 0 }]);
    account.failed('round sweep');
    account.worked('round sweep');
    account.failed('card-1');
    expect([...account.totals()]).toEqual([['round sweep', 1]]);
  });

  it('grows no further once it is long enough', () => {
    const account = setbacks(() => noon);
    for (let count = 0; count < 2000; count += 1) account.failed(`card-${count}`);
    expect(account.standing()).toHaveLength(1000);
  });
});

describe('what is due and fails', () => {
  const item = { kind: 'alert', id: 'alert-1' } as const;

  function world() {
    const put: (readonly [unknown, number])[] = [];
    const due = {
      by: () => Promise.resolve([]),
      postpone: (what: unknown, until: number) => Promise.resolve(void put.push([what, until])),
    };
    return { put, advancing: lettingBe({ due, clock: () => noon, account: setbacks(() => noon) }) };
  }

  it('is let be for ever longer, ten minutes at most, and at once once it works', async () => {
    const { put, advancing } = world();
    const fails = async () => Promise.reject(new Error('a fault of ours'));
    for (let times = 0; times < 3; times += 1) {
      await expect(advancing(item, fails)).rejects.toThrow('a fault of ours');
    }
    expect(put).toEqual([5000, 10_000, 20_000].map((ms) => [item, noon + ms]));
    await advancing(item, async () => Promise.resolve());
    await expect(advancing(item, fails)).rejects.toThrow('a fault of ours');
    expect(put.at(-1)).toEqual([item, noon + 5000]);
    expect(restMs(99)).toBe(10 * minute);
  });

  it('is tried again as before where it is the store that fails', async () => {
    const { put, advancing } = world();
    const fails = async () => Promise.reject(new StoreUnreachable('Redis did not answer.'));
    await expect(advancing(item, fails)).rejects.toThrow(StoreUnreachable);
    expect(put).toEqual([]);
  });
});
