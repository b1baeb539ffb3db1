import { describe, expect, it } from '@jest/globals';
import type { StoreOwner } from '../../src/domain/people/workspace.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const owner: StoreOwner = {
  version: 0,
  teamId: 'T0BASTION',
  teamName: 'Bastion',
  botUserId: 'U0BOT',
  tokens: ['0123'],
};

export function storeOwnerContract(newSubject: NewSubject): void {
  describe('the owner of the store', () => {
    it('is nobody at first, and whoever of many takes it first', async () => {
      const { stores } = await newSubject();
      expect(await stores.storeOwner.get()).toBeUndefined();
      const saved = await atOnce(20, async (index) =>
        stores.storeOwner.save({ ...owner, teamId: `T${index}` }),
      );
      expect(saved.filter((one) => one === 'saved')).toHaveLength(1);
      expect((await stores.storeOwner.get())?.teamId).toBe(`T${saved.indexOf('saved')}`);
    });

    it('is told anew by whoever knows it as it is', async () => {
      const { stores } = await newSubject();
      await stores.storeOwner.save(owner);
      const named = { ...owner, version: 1, enterpriseId: 'E0GRID', appId: 'A0BASTION' };
      expect(await stores.storeOwner.save({ ...owner, version: 0 })).toBe('conflict');
      expect(await stores.storeOwner.save(named)).toBe('saved');
      expect(await stores.storeOwner.get()).toEqual({ ...named, version: 2 });
    });
  });
}
