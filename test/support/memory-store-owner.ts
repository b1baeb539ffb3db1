import type { StoreOwner } from '../../src/domain/people/workspace.ts';
import type { StoreOwners } from '../../src/ports/store-owner.ts';

export function memoryStoreOwner(): StoreOwners {
  let stored: StoreOwner | undefined;
  return {
    get: async () => stored,
    save: async (owner) => {
      if ((stored?.version ?? 0) !== owner.version) return 'conflict';
      stored = { ...owner, version: owner.version + 1 };
      return 'saved';
    },
  };
}
