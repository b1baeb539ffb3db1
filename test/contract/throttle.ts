import { describe, expect, it } from '@jest/globals';
import { commandLimit } from '../../src/domain/people/haste.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const { atOnce: most } = commandLimit;

export function throttleContract(newSubject: NewSubject): void {
  describe('the commands of one person', () => {
    it('are so many at once, and a few more as time passes, however many come', async () => {
      const { throttle } = (await newSubject()).stores;
      const taken = await atOnce(200, async () => throttle.takeCommand('U0ALICE'));
      const count = taken.filter(Boolean).length;
      expect(count).toBeLessThan(taken.length);
      expect(taken.slice(0, most)).toEqual(Array.from({ length: most }, () => true));
    });

    it('leave those of others as they are', async () => {
      const { throttle } = (await newSubject()).stores;
      await atOnce(200, async () => throttle.takeCommand('U0ALICE'));
      expect(await throttle.takeCommand('U0BOB')).toBe(true);
    });
  });
}
