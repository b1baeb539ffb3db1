import type { HostId } from '../domain/hosts/host.ts';
import type { DueItem } from './due.ts';

/** Hints to the worker: each may be lost, late or doubled. The truth is in the store. */
export interface Jobs {
  /** One scheduled poll each, in this order, unless the host waits for one or is in one already, or was asked for less than `againAfterMs` ago. Rejects while they are not taken. */
  poll(hostIds: readonly HostId[], againAfterMs?: number): Promise<void>;
  pollsWaiting(): Promise<number>;
  /** Ends the schedules by which an older version polls; one that runs beside this one makes them again. */
  endSchedules(): Promise<void>;
  pollAt(hostId: HostId, at: number): Promise<void>;
  enqueue(items: readonly DueItem[]): Promise<void>;
  enqueueAt(item: DueItem, at: number): Promise<void>;
}
