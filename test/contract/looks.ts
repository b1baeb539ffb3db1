import { describe, expect, it } from '@jest/globals';
import { minute } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const alert = { card: 'alert', id: 'alert-1' } as const;
const request = { card: 'request', id: 'request-1' } as const;

export function looksContract(newSubject: NewSubject): void {
  describe('the looks whether cards are there still', () => {
    it('are one caller’s turn until its end', async () => {
      const { stores } = await newSubject();
      const begun = await atOnce(20, async () => stores.looks.begin(minute));
      const [turn = '', ...others] = begun.filter((one) => one !== undefined);
      expect(others).toEqual([]);
      await stores.looks.end('somebody else’s');
      expect(await stores.looks.begin(minute)).toBeUndefined();
      await stores.looks.end(turn);
      expect(await stores.looks.begin(minute)).toEqual(expect.any(String));
    });

    it('are somebody else’s turn after a while where who had it has died', async () => {
      const { stores } = await newSubject();
      const dead = await stores.looks.begin(1);
      await eventually('the turn is free', async () => (await stores.looks.begin(minute)) !== undefined);
      await stores.looks.end(dead ?? '');
      expect(await stores.looks.begin(minute)).toBeUndefined();
    });

    it('are remembered by how long ago they were, while the card asks for something', async () => {
      const { stores } = await newSubject();
      expect(await stores.looks.ages([alert, request])).toEqual([undefined, undefined]);
      await stores.looks.note(alert);
      await stores.looks.note(request);
      const [unknown, ago] = await stores.looks.ages([{ card: 'alert', id: 'alert-2' }, alert]);
      expect(unknown).toBeUndefined();
      expect(ago).toBeGreaterThanOrEqual(0);
      expect(ago).toBeLessThan(minute);
      expect(await stores.looks.ages([request])).toEqual([undefined]);
    });
  });
}
