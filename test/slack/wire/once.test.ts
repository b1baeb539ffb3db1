import { describe, expect, it } from '@jest/globals';
import { onceEach } from '../../../src/slack/wire/once.ts';

const minuteMs = 60_000;

describe('what is done once', () => {
  it('gives copies the outcome of the first, also while that is still in work', async () => {
    const once = onceEach<number>(() => 0);
    let runs = 0;
    const run = async () => Promise.resolve((runs += 1));
    expect(await Promise.all([once('a', run), once('a', run)])).toEqual([
      { value: 1, isCopy: false },
      { value: 1, isCopy: true },
    ]);
    expect(await once('b', run)).toEqual({ value: 2, isCopy: false });
  });

  it('is done again after a failure, for the next delivery may be the only one that succeeds', async () => {
    const once = onceEach<string>(() => 0);
    await expect(once('a', async () => Promise.reject(new Error('out of reach')))).rejects.toThrow(/reach/);
    expect(await once('a', async () => Promise.resolve('done'))).toEqual({ value: 'done', isCopy: false });
  });

  it('is remembered for ten minutes, longer than Slack repeats anything', async () => {
    let now = 0;
    const once = onceEach<number>(() => now);
    const run = async () => Promise.resolve(now);
    await once('a', run);
    now = 10 * minuteMs - 1;
    expect(await once('a', run)).toMatchObject({ isCopy: true });
    now = 10 * minuteMs;
    expect(await once('a', run)).toEqual({ value: now, isCopy: false });
  });

  it('knows no copies of what has no key', async () => {
    const once = onceEach<string>(() => 0);
    const run = async () => Promise.resolve('done');
    await once(undefined, run);
    expect(await once(undefined, run)).toMatchObject({ isCopy: false });
  });
});
