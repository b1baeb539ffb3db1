import type { HostId } from '../domain/hosts/host.ts';

/** One reading per host is in flight at a time, over all replicas. */
export interface Readings {
  /**
   * Takes the host's turn until `end`, and the counter that orders this reading. Of a process that has died or lost the
   * store, the turn is free again after `forMs`. `busy`: somebody reads it now.
   */
  begin(hostId: HostId, forMs: number): Promise<{ readonly counter: number; readonly turn: string } | 'busy'>;
  end(hostId: HostId, turn: string): Promise<void>;
  /** The readings that were begun at least this long ago and are still under way. */
  overdue(afterMs: number): Promise<readonly OverdueReading[]>;
}

export interface OverdueReading {
  readonly hostId: HostId;
  readonly counter: number;
  /** For how long it has been under way. */
  readonly forMs: number;
}
