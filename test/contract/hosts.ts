import { describe, expect, it } from '@jest/globals';
import { aHost, hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

export function hostsContract(newSubject: NewSubject): void {
  describe('hosts', () => {
    it('are none before the first discovery', async () => {
      const { stores } = await newSubject();
      expect(await stores.hosts.all()).toEqual([]);
      expect(await stores.hosts.lastDiscovery()).toBeUndefined();
    });

    it('stay when a later discovery does not find them, and take on what it says of the others', async () => {
      const { stores } = await newSubject();
      const [one, two] = [aHost({ name: 'one' }), aHost({ name: 'two' })];
      const { provisioningState: _unknown, ...updated } = { ...two, location: 'northeurope' };
      const problems = [{ scope: 'all subscriptions', failure: { kind: 'signed-out' } }] as const;
      await stores.hosts.noteDiscovery({ hosts: [one, two], problems: [] }, noon);
      await stores.hosts.noteDiscovery({ hosts: [updated], problems }, noon + minute);
      expect([...(await stores.hosts.all())].sort(byName)).toEqual([one, updated]);
      expect(await stores.hosts.lastDiscovery()).toEqual({ at: noon + minute, problems });
    });
  });

  describe('readings', () => {
    const hostId = aHost().id;

    it('are one at a time per host, each with a higher counter', async () => {
      const { readings } = (await newSubject()).stores;
      const taken = (await atOnce(50, async () => readings.begin(hostId, minute))).filter(
        (each) => each !== 'busy',
      );
      expect(taken).toHaveLength(1);
      const first = taken[0];
      if (!first) throw new Error('nobody got the turn');
      const elsewhere = await readings.begin(aHost({ name: 'other' }).id, minute);
      await readings.end(hostId, first.turn);
      const second = await readings.begin(hostId, minute);
      if (elsewhere === 'busy' || second === 'busy') throw new Error('the turn was not free');
      expect(elsewhere.counter).toBeGreaterThan(first.counter);
      expect(second.counter).toBeGreaterThan(elsewhere.counter);
    });

    it('do not lose their turn to somebody whose own has lapsed', async () => {
      const { readings } = (await newSubject()).stores;
      const lapsed = await readings.begin(hostId, 1);
      let current = await readings.begin(hostId, minute);
      while (current === 'busy') current = await readings.begin(hostId, minute);
      if (lapsed === 'busy') throw new Error('the turn was not free');
      await readings.end(hostId, lapsed.turn);
      expect(await readings.begin(hostId, minute)).toBe('busy');
    });

    it('are overdue from a moment on, until they end', async () => {
      const { readings } = (await newSubject()).stores;
      const begun = await readings.begin(hostId, minute);
      if (begun === 'busy') throw new Error('the turn was not free');
      const { counter } = begun;
      expect(await readings.overdue(0)).toEqual([{ hostId, counter, forMs: expect.any(Number) }]);
      expect(await readings.overdue(hour)).toEqual([]);
      await readings.end(hostId, 'of another');
      expect(await readings.overdue(0)).toHaveLength(1);
      await readings.end(hostId, begun.turn);
      expect(await readings.overdue(0)).toEqual([]);
    });
  });

  describe('a search for hosts', () => {
    it('is one at a time for all', async () => {
      const { hosts } = (await newSubject()).stores;
      const taken = await atOnce(10, async () => hosts.takeSearch(minute));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('holds', () => {
    it('are of one subscription, however its id is written, and for all that is left', async () => {
      const { holds } = (await newSubject()).stores;
      expect(await holds.leftMs('sub-1')).toBe(0);
      await holds.hold('SUB-1', minute);
      expect(await holds.leftMs('sub-1')).toBeGreaterThan(0);
      expect(await holds.leftMs('sub-1')).toBeLessThanOrEqual(minute);
      expect(await holds.leftMs('sub-2')).toBe(0);
    });

    it('are as long as the longest that was asked for', async () => {
      const { holds } = (await newSubject()).stores;
      await holds.hold('sub-1', hour);
      await holds.hold('sub-1', minute);
      expect(await holds.leftMs('sub-1')).toBeGreaterThan(minute);
    });

    it('of a moment that has passed are none', async () => {
      const { holds } = (await newSubject()).stores;
      await holds.hold('sub-1', -1);
      expect(await holds.leftMs('sub-1')).toBe(0);
    });
  });
}
