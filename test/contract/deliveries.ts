import { describe, expect, it } from '@jest/globals';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

export function deliveriesContract(newSubject: NewSubject): void {
  describe('deliveries', () => {
    it('are taken once each, by whoever comes first', async () => {
      const { stores } = await newSubject();
      const taken = await atOnce(20, async (index) => stores.deliveries.take(`trigger-${index % 2}`));
      expect(taken.filter((each) => each)).toHaveLength(2);
      expect(await stores.deliveries.take('trigger-0')).toBe(false);
      expect(await stores.deliveries.take('trigger-2')).toBe(true);
    });
  });
}
