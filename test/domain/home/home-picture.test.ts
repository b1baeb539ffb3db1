import { describe, expect, it } from '@jest/globals';
import { homeOf } from '../../../src/domain/home/home.ts';
import { pictureOf } from '../../../src/domain/home/picture.ts';
import { aHostState, minute, noon } from '../../support/build.ts';
import { ann, calm, policy, trackedSessions } from './homes.ts';

describe('the picture of a home', () => {
  const pictureAt = (readAt: number, sessions = 1) =>
    pictureOf(
      homeOf(
        {
          ...calm,
          states: [
            aHostState({
              readAt,
              trackedSessions: trackedSessions(
                ...Array.from({ length: sessions }, () => ({ vmLogin: 'root' })),
              ),
            }),
          ],
        },
        ann,
        { policy, now: noon },
      ),
    );

  it('is the same after a reading that shows nothing new, and another after one that does', () => {
    expect(pictureAt(noon + minute)).toBe(pictureAt(noon));
    expect(pictureAt(noon, 2)).not.toBe(pictureAt(noon));
  });
});
