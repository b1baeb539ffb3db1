import type { HostId } from '../domain/hosts/host.ts';

/** One reading per host is in flight at a time, over all replicas. */
export interface Readings {
  /** The host's turn until `end`, or `forMs` should this process die, and the counter that orders this reading. */
  begin(hostId: HostId, forMs: number): Promise<{ readonly counter: number; readonly turn: string } | 'busy'>;
  end(hostId: HostId, turn: string): Promise<void>;
  overdue(afterMs: number): Promise<readonly OverdueReading[]>;
}

export interface OverdueReading {
  readonly hostId: HostId;
  readonly counter: number;
  readonly forMs: number;
}
