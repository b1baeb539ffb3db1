import type { CardKey } from '../domain/cards/kinds.ts';

/** The looks whether cards are there still, over all replicas; by the store's own clock, since theirs may differ. */
export interface Looks {
  /** Takes the turn to look until `end`; of a process that has died it is free again after `forMs`. Undefined while somebody else has it. */
  begin(forMs: number): Promise<string | undefined>;
  end(turn: string): Promise<void>;
  /** How long ago each was looked at, in this order; undefined for one that never was. Forgets all others. */
  ages(keys: readonly CardKey[]): Promise<readonly (number | undefined)[]>;
  note(key: CardKey): Promise<void>;
}
