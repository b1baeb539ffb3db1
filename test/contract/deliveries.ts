import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import { aRequest, minute, noon } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const entry = auditOfRequest(aRequest(), noon);
const refusal = { at: noon, by: 'U0CAROL', what: 'approve-refused', why: 'not-named' };
const answered = (answer: string) => ({ is: 'answered', answer });

export function deliveriesContract(newSubject: NewSubject): void {
  describe('deliveries', () => {
    it('are taken once each, by whoever comes first', async () => {
      const { deliveries } = (await newSubject()).stores;
      const taken = await atOnce(20, async (index) => deliveries.take(`trigger-${index % 2}`, minute));
      expect(taken.filter((each) => each)).toHaveLength(2);
      expect(await deliveries.take('trigger-0', minute)).toBe(false);
      expect(await deliveries.take('trigger-2', minute)).toBe(true);
    });

    it('are free again once whoever took them should have answered, unless they have', async () => {
      const { deliveries } = (await newSubject()).stores;
      const isFree = async () => deliveries.take('trigger', 1);
      expect(await isFree()).toBe(true);
      await eventually('the next one may answer', isFree);
      await deliveries.settle('trigger');
      expect(await isFree()).toBe(false);
    });

    it('stay with whoever renews them, and with nobody once they are answered', async () => {
      const { deliveries } = (await newSubject()).stores;
      const passed = async () => {
        await deliveries.take('hourglass', 1);
        await eventually('a moment has passed', async () => deliveries.take('hourglass', minute));
      };
      await deliveries.take('trigger', minute);
      await deliveries.renew('trigger', 1);
      await eventually('its time is what it was renewed to', async () => deliveries.take('trigger', minute));
      await deliveries.settle('trigger');
      await deliveries.renew('trigger', 1);
      await deliveries.renew('never taken', minute);
      await passed();
      expect(await deliveries.take('trigger', minute)).toBe(false);
      expect(await deliveries.take('never taken', minute)).toBe(true);
    });

    it('have one effect and one answer, whenever their copies come', async () => {
      const { stores, trail } = await newSubject();
      const { audit, deliveries } = stores;
      const deliver = async (index: number) =>
        deliveries.once('trigger', async () => {
          await audit.append(entry);
          await audit.append(entry);
          return `answer ${index}`;
        });
      const all = await atOnce(20, deliver);
      const [first] = all;
      expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(first).toMatchObject({ is: 'answered' });
      expect(await deliver(20)).toEqual(first);
      expect(await trail()).toHaveLength(2);
      expect(await deliveries.once('another', async () => 'other')).toEqual(answered('other'));
    });

    it('keep their answer also where nothing was stored', async () => {
      const { stores, trail } = await newSubject();
      await stores.deliveries.once('trigger', async () => 'too late');
      const again = stores.deliveries.once('trigger', async () => {
        await stores.audit.append(entry);
        return 'done';
      });
      expect(await again).toEqual(answered('too late'));
      expect(await trail()).toEqual([]);
    });

    it('that were cut off before anything was stored work when they are repeated', async () => {
      const { stores, trail } = await newSubject();
      const { audit, deliveries } = stores;
      const cut = deliveries.once('trigger', async () => Promise.reject(new Error('cut off')));
      await expect(cut).rejects.toThrow('cut off');
      const again = deliveries.once('trigger', async () => {
        await audit.append(entry);
        return 'done';
      });
      expect(await again).toEqual(answered('done'));
      expect(await trail()).toHaveLength(1);
    });

    it('that were cut off after that store nothing when they are repeated', async () => {
      const { stores, trail } = await newSubject();
      const { audit, deliveries } = stores;
      const run = async () => {
        await audit.append(entry);
        throw new Error('cut off');
      };
      await expect(deliveries.once('trigger', run)).rejects.toThrow('cut off');
      expect(await deliveries.once('trigger', run)).toEqual({ is: 'done-before' });
      expect(await trail()).toHaveLength(1);
    });

    it.each([0, 1])('are refused once, after %i refusals of the same kind', async (earlier) => {
      const { stores, trail } = await newSubject();
      const { audit, deliveries } = stores;
      for (let refused = 0; refused < earlier; refused += 1) await audit.refuse(refusal);
      await atOnce(10, async () =>
        deliveries.once('trigger', async () => {
          await audit.refuse(refusal);
          return 'no';
        }),
      );
      expect(await audit.sumRefusals(noon + minute)).toHaveLength(earlier);
      expect((await trail()).map(({ count = 1 }) => count)).toEqual(earlier === 0 ? [1] : [1, 1]);
    });

    it('mark every kind of step that goes on record, and no other', async () => {
      const { stores, trail } = await newSubject();
      const { deliveries, requests } = stores;
      const request = aRequest();
      const open = async () => {
        expect(await requests.takeSlot('another', 60, noon)).toBe(true);
        await requests.open(request, entry);
        throw new Error('cut off');
      };
      await expect(deliveries.once('form', open)).rejects.toThrow('cut off');
      const denied = { ...request, version: 1, state: { is: 'denied', by: 'U0BOSS', at: noon } } as const;
      await requests.save(denied, auditOfRequest(denied, noon));
      expect(await deliveries.once('form', open)).toEqual({ is: 'done-before' });
      expect(await requests.get(request.id)).toMatchObject({ version: 2, state: { is: 'denied' } });
      expect(await trail()).toHaveLength(2);
    });
  });
}
