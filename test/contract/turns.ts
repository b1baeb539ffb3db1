import { describe, expect, it } from '@jest/globals';
import { aHost, hour, minute } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const [one, two, three] = [
  aHost({ name: 'one' }).id,
  aHost({ name: 'two' }).id,
  aHost({ name: 'three' }).id,
] as const;

export function turnsContract(newSubject: NewSubject): void {
  describe('turns', () => {
    it('are due at once for hosts that are added, and for no others', async () => {
      const { turns } = (await newSubject()).stores;
      expect(await turns.due(hour, 10)).toEqual([]);
      await turns.match([one, two], hour);
      await turns.take(one, hour);
      await turns.match([one, three], hour);
      expect(await turns.due(hour, 10)).toEqual([three]);
      await turns.match([], hour);
      expect(await turns.due(1, 10)).toEqual([]);
    });

    it('go to the longest overdue first, and no more of them than asked for', async () => {
      const { turns } = (await newSubject()).stores;
      await turns.match([one, two, three], hour);
      await turns.dueAt(one, Date.now() - minute, hour);
      await turns.dueAt(two, Date.now() - 3 * minute, hour);
      await turns.dueAt(three, Date.now() - 2 * minute, hour);
      expect(await turns.due(hour, 10)).toEqual([two, three, one]);
      expect(await turns.due(hour, 2)).toEqual([two, three]);
    });

    it('stay due until they are taken, and are taken by one of all who try', async () => {
      const { turns } = (await newSubject()).stores;
      await turns.match([one], hour);
      expect(await turns.due(hour, 10)).toEqual([one]);
      expect(await turns.due(hour, 10)).toEqual([one]);
      const taken = await atOnce(20, async () => turns.take(one, hour));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await turns.due(hour, 10)).toEqual([]);
    });

    it('are taken for a host that nobody knows yet, which takes more of them from then on', async () => {
      const { turns } = (await newSubject()).stores;
      expect(await turns.take(one, hour)).toBe(true);
      expect(await turns.take(one, hour)).toBe(false);
      expect(await turns.standing(hour)).toMatchObject({ waiting: 0 });
    });

    it('keep the order in which they were taken, however close upon each other', async () => {
      const { turns } = (await newSubject()).stores;
      const ids = Array.from({ length: 50 }, (_, index) => `/hosts/${(index * 37) % 50}`);
      await turns.match(ids, hour);
      for (const id of ids) await turns.dueAt(id, Date.now() - minute, hour);
      // Several within a millisecond; two at once may fall into one microsecond.
      for (const id of ids) await turns.take(id, hour);
      expect(await turns.due(0, 100)).toEqual(ids);
    });

    it('go by the interval that is asked for', async () => {
      const { turns } = (await newSubject()).stores;
      await turns.match([one], hour);
      await turns.dueAt(one, Date.now() + 30 * minute, hour);
      expect(await turns.due(hour, 10)).toEqual([]);
      expect(await turns.due(30 * minute, 10)).toEqual([one]);
    });

    it('are put off by an interval at most, and not for a host that left', async () => {
      const { turns } = (await newSubject()).stores;
      await turns.match([one], hour);
      await turns.dueAt(one, Date.now() + 24 * hour, hour);
      await turns.dueAt(two, Date.now() - minute, hour);
      expect(await turns.due(hour, 10)).toEqual([]);
      expect(await turns.due(0, 10)).toEqual([one]);
    });

    it('stand as those that are due do, and as they were last taken', async () => {
      const { turns } = (await newSubject()).stores;
      const nothing = await turns.standing(hour);
      expect(nothing).toEqual({ at: nothing.at, lagMs: 0, waiting: 0 });
      await turns.match([one, two, three], hour);
      await turns.dueAt(one, Date.now() - 5 * minute, hour);
      await turns.dueAt(two, Date.now() + minute, hour);
      const untaken = await turns.standing(hour);
      expect(untaken).toEqual({ at: untaken.at, lagMs: untaken.lagMs, waiting: 2 });
      expect(untaken.lagMs).toBeGreaterThanOrEqual(5 * minute);
      await turns.take(one, hour);
      const taken = await turns.standing(hour);
      expect(taken.waiting).toBe(1);
      expect(taken.lastTakenAt).toBeGreaterThanOrEqual(untaken.at);
      expect(taken.lastTakenAt).toBeLessThanOrEqual(taken.at);
    });
  });
}
