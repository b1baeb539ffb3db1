import { describe, expect, it } from '@jest/globals';
import type { LogStanding } from '../../src/domain/origins/log-standing.ts';
import { minute, noon } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

export function logAsksContract(newSubject: NewSubject): void {
  describe('the asking of the audit log', () => {
    it('is one caller’s turn', async () => {
      const { stores } = await newSubject();
      const turns = await atOnce(20, async () => stores.logAsks.takeTurn(minute));
      expect(turns.filter(Boolean)).toHaveLength(1);
    });

    it('is theirs for as long as they say then', async () => {
      const { stores } = await newSubject();
      const isFree = async () => stores.logAsks.takeTurn(minute);
      expect(await isFree()).toBe(true);
      await stores.logAsks.keepTurn(1);
      await eventually('the turn is free', isFree);
      await stores.logAsks.keepTurn(minute);
      expect(await isFree()).toBe(false);
    });

    it.each<LogStanding>([
      { askedAt: noon, allAskedAt: noon, hostsRead: 1 },
      {
        askedAt: noon,
        allAskedAt: noon,
        hostsRead: 1,
        trouble: { since: noon, problem: { is: 'no-table' } },
      },
      {
        askedAt: noon,
        allAskedAt: noon,
        hostsRead: 1,
        trouble: { since: noon, problem: { is: 'no-columns', columns: ['UserEmail'] } },
      },
      {
        askedAt: noon,
        allAskedAt: noon,
        hostsRead: 1,
        trouble: {
          since: noon,
          problem: { is: 'unanswered', failure: { kind: 'throttled', retryAt: noon } },
        },
      },
    ])('remembers how it was: %j', async (standing) => {
      const { stores } = await newSubject();
      expect(await stores.logAsks.last()).toBeUndefined();
      await stores.logAsks.note(standing);
      expect(await stores.logAsks.last()).toEqual(standing);
    });
  });
}
