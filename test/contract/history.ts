import { describe, expect, it } from '@jest/globals';
import type { PastSession } from '../../src/domain/history/past-session.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aHost, aHostState, anAlert, aPast, aSession, hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';

export function historyContract(newSubject: NewSubject): void {
  describe('history', () => {
    async function withHost(): Promise<Stores> {
      const { stores } = await newSubject();
      await stores.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      return stores;
    }
    async function close({ hostStates }: Stores, ended: readonly PastSession[]): Promise<void> {
      const before = await hostStates.get(aHost().id);
      if (!before) throw new Error('the host is not known');
      const after = aHostState({ version: before.version, trackedSessions: [] });
      expect(await hostStates.save(before, after, [], { ended })).toBe('saved');
    }

    it('gives back what was closed, the latest first, and no more than asked for', async () => {
      const stores = await withHost();
      const requested = { is: 'by-bot', requestId: 'request-1', requester: 'U0ASKER' } as const;
      const past = [
        aPast({ ref: 'ref-1', closedAt: noon, how: requested }),
        aPast({ ref: 'ref-2', closedAt: noon + minute, how: { is: 'lost', why: 'unknown-too-long' } }),
        aPast({ ref: 'ref-3', closedAt: noon - hour }),
      ];
      await close(stores, past.slice(0, 2));
      await close(stores, past.slice(2));
      expect(await stores.history.closedSince(0, 10)).toEqual([past[1], past[0], past[2]]);
      expect(await stores.history.closedSince(noon, 10)).toEqual([past[1], past[0]]);
      expect(await stores.history.closedSince(0, 1)).toEqual([past[1]]);
      expect(await stores.history.closedSince(noon + hour, 10)).toEqual([]);
    });

    it('is completed where it is, by what was found out later', async () => {
      const stores = await withHost();
      const past = [
        aPast({ ref: 'ref-1' }),
        aPast({ ref: 'ref-2' }),
        aPast({ ref: 'ref-1', closedAt: noon + minute }),
      ];
      await close(stores, past);
      const origin = {
        known: 'exact',
        candidates: [{ entraUser: 'fay@corp.example' }],
        isSoFar: false,
      } as const;
      const known = aPast({ ref: 'ref-1', session: aSession({ origin }) });
      const later = aPast({ ref: 'ref-1', closedAt: noon + minute, session: aSession({ origin }) });
      await stores.history.refine([known]);
      await stores.history.refine([known, aPast({ ref: 'ref-3' }), later]);
      const read = await stores.history.closedSince(0, 10);
      expect(read).toHaveLength(3);
      expect(read).toEqual(expect.arrayContaining([known, past[1], later]));
    });

    it('tells two alike that ended at once apart', async () => {
      const stores = await withHost();
      const past = [aPast({ ref: 'ref-1' }), aPast({ ref: 'ref-2' })];
      await close(stores, past);
      expect(await stores.history.closedSince(0, 10)).toHaveLength(2);
    });

    it('keeps nothing of a save that somebody else was faster than', async () => {
      const stores = await withHost();
      const before = await stores.hostStates.get(aHost().id);
      if (!before) throw new Error('the host is not known');
      await close(stores, []);
      expect(await stores.hostStates.save(before, aHostState(), [], { ended: [aPast()] })).toBe('conflict');
      const outdated = [anAlert({ version: 3 })];
      const now = await stores.hostStates.get(aHost().id);
      if (!now) throw new Error('the host is not known');
      expect(await stores.hostStates.save(now, aHostState(), outdated, { ended: [aPast()] })).toBe(
        'conflict',
      );
      expect(await stores.history.closedSince(0, 10)).toEqual([]);
    });

    it('keeps the sessions of a host that is forgotten', async () => {
      const stores = await withHost();
      const hostState = await stores.hostStates.get(aHost().id);
      if (!hostState) throw new Error('the host is not known');
      const past = aPast({ how: { is: 'lost', why: 'host-gone' } });
      expect(
        await stores.hostStates.forget(hostState, { ...hostState, trackedSessions: [] }, [], {
          ended: [past],
        }),
      ).toBe('saved');
      expect(await stores.history.closedSince(0, 10)).toEqual([past]);
    });
  });
}
