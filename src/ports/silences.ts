import type { Blindness } from '../domain/alerts/silence.ts';

/** Stored through `Watches.save`, in one step with the host that could not be read. */
export interface Blindnesses {
  get(id: string): Promise<Blindness | undefined>;
  /** Those of them that are there and can be read. */
  many(ids: readonly string[]): Promise<readonly Blindness[]>;
}
