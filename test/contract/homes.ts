import { describe, expect, it } from '@jest/globals';
import { hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

export function homesContract(newSubject: NewSubject): void {
  describe('homes', () => {
    it('are those opened since, each once', async () => {
      const { homes } = (await newSubject()).stores;
      await homes.opened('U0ALICE', noon - 5 * minute);
      await homes.opened('U0BOB', noon);
      await homes.opened('U0BOB', noon + minute);
      expect(await homes.openedSince(noon)).toEqual(['U0BOB']);
      expect((await homes.openedSince(noon - hour)).toSorted()).toEqual(['U0ALICE', 'U0BOB']);
    });

    it('give the turn to one of all who want to draw, and to nobody who would draw the same', async () => {
      const { homes } = (await newSubject()).stores;
      await homes.opened('U0ALICE', noon);
      await homes.shows('U0ALICE', 'one session', hour);
      expect(await homes.takeTurn('U0ALICE', 'one session', hour)).toBe(false);
      const turns = await atOnce(20, async () => homes.takeTurn('U0ALICE', 'two sessions', hour));
      expect(turns.filter(Boolean)).toHaveLength(1);
      expect(await homes.takeTurn('U0BOB', 'two sessions', hour)).toBe(true);
    });

    it('may show anything once they are opened anew', async () => {
      const { homes } = (await newSubject()).stores;
      await homes.shows('U0ALICE', 'one session', hour);
      await homes.opened('U0ALICE', noon);
      expect(await homes.takeTurn('U0ALICE', 'one session', hour)).toBe(true);
    });
  });
}
