import { describe, expect, it } from '@jest/globals';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

export function throttleContract(newSubject: NewSubject): void {
  describe('the commands of one person', () => {
    it('are twenty at once, and a few more as time passes, however many come', async () => {
      const { throttle } = (await newSubject()).stores;
      const taken = await atOnce(200, async () => throttle.takeCommand('U0ALICE'));
      const count = taken.filter(Boolean).length;
      expect(count).toBeGreaterThanOrEqual(20);
      expect(count).toBeLessThan(40);
      expect(taken.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => true));
    });

    it('leave those of others as they are', async () => {
      const { throttle } = (await newSubject()).stores;
      await atOnce(200, async () => throttle.takeCommand('U0ALICE'));
      expect(await throttle.takeCommand('U0BOB')).toBe(true);
    });
  });
}
