import type { HostId } from '../domain/hosts/host.ts';
import type { DueItem } from './due.ts';

/** Hints to the worker: each may be lost, late or doubled. The truth is in the store. */
export interface Jobs {
  /** Makes the schedules match these hosts: adds, heals, removes. */
  schedulePolls(hostIds: readonly HostId[], everyMs: number): Promise<void>;
  /** One extra poll at this moment. */
  pollAt(hostId: HostId, at: number): Promise<void>;
  /** Looks after these now instead of at the next sweep. */
  attend(items: readonly DueItem[]): Promise<void>;
  /** Looks after this one at this moment, should the sweep not come first. */
  attendAt(item: DueItem, at: number): Promise<void>;
}
