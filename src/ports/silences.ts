import type { Silence } from '../domain/alerts/silence.ts';

/** Stored through `HostStates.save`, in one step with the host that could not be read. */
export interface Silences {
  get(id: string): Promise<Silence | undefined>;
  many(ids: readonly string[]): Promise<readonly Silence[]>;
}
