import type { StoreOwner } from '../domain/people/workspace.ts';
import type { Saved } from './saved.ts';

export interface StoreOwners {
  /** Absent in a store that only older versions have used. Throws UnreadableRecord. */
  get(): Promise<StoreOwner | undefined>;
  /** Stores it one version on, if it is still at `owner.version`; 0: nobody has the store. */
  save(owner: StoreOwner): Promise<Saved>;
}
