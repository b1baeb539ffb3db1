import type { Silence } from '../domain/alerts/silence.ts';

/** Stored through `HostStates.save`, in one step with the host that could not be read. */
export interface Silences {
  get(id: string): Promise<Silence | undefined>;
  /** Those of them that are there and can be read. */
  many(ids: readonly string[]): Promise<readonly Silence[]>;
}
