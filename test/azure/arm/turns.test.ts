import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { turnForLongBody } from '../../../src/azure/arm/turns.ts';

describe('the turn for a long body', () => {
  it('is had by one at a time, in the order in which they asked', async () => {
    const seen: string[] = [];
    const read = async (name: string) => {
      const endTurn = await turnForLongBody();
      seen.push(`${name} begins`);
      await setImmediate();
      seen.push(`${name} ends`);
      endTurn();
    };
    await Promise.all(['a', 'b', 'c'].map(read));
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('ends in another turn of the event loop, so that nothing long follows at once', async () => {
    const endTurn = await turnForLongBody();
    let isNext = false;
    const next = (async () => {
      const endNext = await turnForLongBody();
      isNext = true;
      endNext();
    })();
    endTurn();
    await Promise.resolve();
    expect(isNext).toBe(false);
    await next;
  });

  it('passes on by itself from a body that does not end', async () => {
    const ends = [await turnForLongBody(), await turnForLongBody()];
    for (const end of ends) end();
    await expect(turnForLongBody().then((end) => end())).resolves.toBeUndefined();
  });
});
