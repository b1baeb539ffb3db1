import { describe, expect, it } from '@jest/globals';
import type { NewSubject } from './subject.ts';

export function commandNamesContract(newSubject: NewSubject): void {
  describe('the name of the command', () => {
    it('is the one that was typed last', async () => {
      const { commandNames } = (await newSubject()).stores;
      expect(await commandNames.last()).toBeUndefined();
      for (const name of ['/bastion', '/bastion-prod', '/bastion-prod']) {
        await commandNames.note(name);
        expect(await commandNames.last()).toBe(name);
      }
    });
  });
}
