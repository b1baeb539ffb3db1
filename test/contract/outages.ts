import { describe, expect, it } from '@jest/globals';
import type { Outage } from '../../src/domain/alerts/outage.ts';
import type { Silence } from '../../src/domain/alerts/silence.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aHost, aHostState, minute, noon } from '../support/build.ts';
import { aSilentHost } from '../support/silent.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const refused = { kind: 'signed-out', because: 'refused' } as const;
const member = {
  hostId: aHost().id,
  name: 'bastion-prod',
  silenceId: 'silence-bastion-prod',
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
const own = { card: 'silence', id: 'silence-bastion-prod' } as const;
const key = { card: 'outage', id: 'outage-1' } as const;

export function outagesContract(newSubject: NewSubject): void {
  describe('outages', () => {
    /** Stores in which one host is known to be silent. */
    async function withSilence(): Promise<{ readonly stores: Stores; readonly silence: Silence }> {
      const { stores } = await newSubject();
      await stores.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      const { silence } = aSilentHost('bastion-prod', refused);
      const before = aHostState({ version: 0, trackedSessions: [] });
      const also = { silence: { ...silence, version: 0 } };
      expect(await stores.hostStates.save(before, before, [], also)).toBe('saved');
      return { stores, silence };
    }
    const dueCards = async ({ due }: Stores) =>
      (await due.by(noon + minute, 10)).map((item) => ('key' in item ? item.key : item));

    it('give back what was saved, one version on, while they last and after', async () => {
      const { stores } = await newSubject();
      expect(await stores.outages.get('outage-1')).toBeUndefined();
      expect(await stores.outages.save({ outage, silences: [] }, noon)).toBe('saved');
      expect(await stores.outages.get('outage-1')).toEqual({ ...outage, version: 1 });
      expect(await stores.outages.lasting()).toEqual([{ ...outage, version: 1 }]);
      expect(await stores.outages.save({ outage: over, silences: [] }, noon)).toBe('saved');
      expect(await stores.outages.lasting()).toEqual([]);
      expect(await stores.outages.get('outage-1')).toEqual({ ...over, version: 2 });
    });

    it('have one winner among fifty replicas that look at once', async () => {
      const { stores } = await newSubject();
      const saved = await atOnce(50, async () => stores.outages.save({ outage, silences: [] }, noon));
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
    });

    it('are stored with the silences that join them, all or nothing, and make both cards due', async () => {
      const { stores, silence } = await withSilence();
      const joined = { ...silence, outageId: 'outage-1' };
      expect(await stores.outages.save({ outage, silences: [{ ...joined, version: 9 }] }, noon)).toBe(
        'conflict',
      );
      expect(await stores.outages.get('outage-1')).toBeUndefined();
      expect(await stores.outages.save({ outage, silences: [joined] }, noon)).toBe('saved');
      expect(await stores.silences.many([silence.id, 'other'])).toEqual([{ ...joined, version: 2 }]);
      expect(await dueCards(stores)).toEqual(expect.arrayContaining([own, key]));
    });

    it('take a message over from the card of a host in the same step', async () => {
      const { stores, silence } = await withSilence();
      await stores.cards.save({ key: own, version: 0, shown: 1, message });
      const { message: _moved, ...from } = await stores.cards.get(own);
      const handOver = { from, to: { key, version: 0, shown: 0, message } };
      const change = { outage, silences: [{ ...silence, outageId: 'outage-1' }] };
      const late = { ...handOver, from: { ...from, version: 0 } };
      expect(await stores.outages.save(change, noon, late)).toBe('conflict');
      expect(await stores.outages.save(change, noon, handOver)).toBe('saved');
      expect(await stores.cards.get(own)).toEqual({ key: own, version: 2, shown: 1 });
      expect(await stores.cards.get(key)).toEqual({ key, version: 1, shown: 0, message });
    });
  });
}
