import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { onceOnly } from '../../src/slack/once-only.ts';
import type { Reply } from '../../src/slack/reply.ts';
import { memoryPorts } from '../support/memory-ports.ts';

const ports = () => {
  const made = memoryPorts();
  return { made, once: onceOnly(made) };
};
afterEach(() => void jest.useRealTimers());
const note = (text: string): Reply => ({ is: 'note', message: { text, blocks: [] } });

describe('an answer', () => {
  it('is given once, and to a copy after whoever was about to has died', async () => {
    const { made, once } = ports();
    const told: string[] = [];
    const tell = (who: string) => async () => void told.push(who);
    const died = once.answer('trigger', async () => Promise.reject(new Error('died')));
    await expect(died).rejects.toThrow('died');
    await once.answer('trigger', tell('too early'));
    made.time.now += 3000;
    await once.answer('trigger', tell('a copy'));
    made.time.now += 300_000;
    await once.answer('trigger', tell('a late copy'));
    expect(told).toEqual(['a copy']);
  });

  it('is nobody else’s as long as it is being given, however long that is', async () => {
    jest.useFakeTimers();
    const { made, once } = ports();
    const told: string[] = [];
    let finish: () => void = () => undefined;
    const slow = once.answer('trigger', async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      told.push('slow');
    });
    for (let second = 0; second < 20; second += 1) {
      made.time.now += 1000;
      await jest.advanceTimersByTimeAsync(1000);
    }
    await once.answer('trigger', async () => void told.push('a copy'));
    finish();
    await slow;
    expect(told).toEqual(['slow']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is given all the same where nobody can know who has given it', async () => {
    const away = async () => Promise.reject(new StoreUnreachable('away'));
    const { made } = ports();
    const once = onceOnly({ deliveries: { ...made.deliveries, take: away, settle: away } });
    let told = 0;
    await once.answer('trigger', async () => void (told += 1));
    await once.answer(undefined, async () => void (told += 1));
    expect(told).toBe(2);
  });
});

describe('a decision', () => {
  it('is answered to a copy as it was at first', async () => {
    const { once } = ports();
    expect(await once.decide('trigger', async () => note('first'))).toEqual(note('first'));
    expect(await once.decide('trigger', async () => note('second'))).toEqual(note('first'));
    expect(await once.decide(undefined, async () => note('second'))).toEqual(note('second'));
  });

  it('whose answer was lost, or is of another version, is said to be done', async () => {
    const { made, once } = ports();
    await made.deliveries.once('trigger', async () => JSON.stringify({ is: 'sung' }));
    const again = await once.decide('trigger', async () => note('second'));
    expect(JSON.stringify(again)).toMatch(/done at the first, so nothing was done now/);
    expect(await once.send('trigger', async () => ({ is: 'close' }))).toEqual({ is: 'close' });
  });

  it('that shows a form keeps it whole', async () => {
    const { once } = ports();
    const view = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Not asked' },
      blocks: [{ type: 'divider' as const }],
      private_metadata: 'ref-1',
    };
    await once.send('trigger', async () => ({ is: 'show', view }));
    expect(await once.send('trigger', async () => ({ is: 'close' }))).toEqual({ is: 'show', view });
    const mistake = { is: 'mistake' as const, blockId: 'reason', sentence: 'Say why.' };
    await once.send('other', async () => mistake);
    expect(await once.send('other', async () => ({ is: 'close' }))).toEqual(mistake);
  });
});
