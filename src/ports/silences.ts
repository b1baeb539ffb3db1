import type { Blindness } from '../domain/alerts/silence.ts';

/** Stored through `Watches.save`, in one step with the host that could not be read. */
export interface Blindnesses {
  get(id: string): Promise<Blindness | undefined>;
}
