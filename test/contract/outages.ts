import { describe, expect, it } from '@jest/globals';
import type { Outage } from '../../src/domain/alerts/outage.ts';
import type { Blindness } from '../../src/domain/alerts/silence.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aHost, aMemory, minute, noon } from '../support/build.ts';
import { aSilentHost } from '../support/silent.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const refused = { kind: 'signed-out', because: 'refused' } as const;
const member = {
  hostId: aHost().id,
  name: 'bastion-prod',
  blindnessId: 'blindness-bastion-prod',
  since: noon,
  sessions: 2,
};
const outage: Outage = {
  id: 'outage-1',
  version: 0,
  cause: 'credential',
  failure: refused,
  since: noon,
  hosts: [
    { ...member, otherSince: noon + minute },
    { ...member, left: { at: noon + minute, because: 'read' } },
  ],
  changedAt: noon,
  state: { is: 'open' },
};
const over: Outage = { ...outage, version: 1, state: { is: 'over', at: noon + minute } };
const message = { channel: 'C0ALERTS', message: '1700000000.000100' };
const own = { card: 'blindness', id: 'blindness-bastion-prod' } as const;
const key = { card: 'outage', id: 'outage-1' } as const;

export function outagesContract(newSubject: NewSubject): void {
  describe('outages', () => {
    /** Stores in which one host is known to be silent. */
    async function withSilence(): Promise<{ readonly stores: Stores; readonly blindness: Blindness }> {
      const { stores } = await newSubject();
      await stores.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      const { blindness } = aSilentHost('bastion-prod', refused);
      const before = aMemory({ version: 0, watches: [] });
      const also = { blindness: { ...blindness, version: 0 } };
      expect(await stores.watches.save(before, before, [], also)).toBe('saved');
      return { stores, blindness };
    }
    const dueCards = async ({ due }: Stores) =>
      (await due.by(noon + minute, 10)).map((item) => ('key' in item ? item.key : item));

    it('give back what was saved, one version on, while they last and after', async () => {
      const { stores } = await newSubject();
      expect(await stores.outages.get('outage-1')).toBeUndefined();
      expect(await stores.outages.save({ outage, blindnesses: [] }, noon)).toBe('saved');
      expect(await stores.outages.get('outage-1')).toEqual({ ...outage, version: 1 });
      expect(await stores.outages.lasting()).toEqual([{ ...outage, version: 1 }]);
      expect(await stores.outages.save({ outage: over, blindnesses: [] }, noon)).toBe('saved');
      expect(await stores.outages.lasting()).toEqual([]);
      expect(await stores.outages.get('outage-1')).toEqual({ ...over, version: 2 });
    });

    it('have one winner among fifty replicas that look at once', async () => {
      const { stores } = await newSubject();
      const saved = await atOnce(50, async () => stores.outages.save({ outage, blindnesses: [] }, noon));
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
    });

    it('are stored with the silences that join them, all or nothing, and make both cards due', async () => {
      const { stores, blindness } = await withSilence();
      const joined = { ...blindness, outageId: 'outage-1' };
      expect(await stores.outages.save({ outage, blindnesses: [{ ...joined, version: 9 }] }, noon)).toBe(
        'conflict',
      );
      expect(await stores.outages.get('outage-1')).toBeUndefined();
      expect(await stores.outages.save({ outage, blindnesses: [joined] }, noon)).toBe('saved');
      expect(await stores.blindnesses.many([blindness.id, 'other'])).toEqual([{ ...joined, version: 2 }]);
      expect(await dueCards(stores)).toEqual(expect.arrayContaining([own, key]));
    });

    it('take a message over from the card of a host in the same step', async () => {
      const { stores, blindness } = await withSilence();
      await stores.cards.save({ key: own, version: 0, shown: 1, message });
      const { message: _moved, ...from } = await stores.cards.get(own);
      const handOver = { from, to: { key, version: 0, shown: 0, message } };
      const change = { outage, blindnesses: [{ ...blindness, outageId: 'outage-1' }] };
      const late = { ...handOver, from: { ...from, version: 0 } };
      expect(await stores.outages.save(change, noon, late)).toBe('conflict');
      expect(await stores.outages.save(change, noon, handOver)).toBe('saved');
      expect(await stores.cards.get(own)).toEqual({ key: own, version: 2, shown: 1 });
      expect(await stores.cards.get(key)).toEqual({ key, version: 1, shown: 0, message });
    });
  });
}
