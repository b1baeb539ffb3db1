import type { HostId } from '../domain/hosts/host.ts';

/** One reading per host is in flight at a time, over all replicas. */
export interface Readings {
  /**
   * Takes the host's turn until `end`, and the counter that orders this reading. Of a process that has died or lost the
   * store, the turn is free again after `forMs`. `busy`: somebody reads it now.
   */
  begin(hostId: HostId, forMs: number): Promise<{ readonly counter: number; readonly turn: string } | 'busy'>;
  end(hostId: HostId, turn: string): Promise<void>;
  /** The readings that were begun at least this long ago and have not ended, with how long ago. */
  overdue(afterMs: number): Promise<readonly { readonly hostId: HostId; readonly forMs: number }[]>;
}
