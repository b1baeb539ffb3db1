import type { HostId } from '../domain/hosts/host.ts';
import type { TurnsStanding } from '../domain/hosts/polling-standing.ts';

/** Whose turn it is to be polled, over all replicas; by the store's own clock, since theirs may differ. */
export interface Turns {
  /** Whose turn has come, the longest overdue first. It stays so until it is taken. */
  due(everyMs: number, atMost: number): Promise<readonly HostId[]>;
  /** Takes the turn of this host as its poll begins. False where it has none, or somebody has just taken it. */
  take(hostId: HostId, everyMs: number): Promise<boolean>;
  /** Makes the hosts in the circle these: one that is added is due at once. */
  match(hostIds: readonly HostId[], everyMs: number): Promise<void>;
  /** Sooner or later than it would; an interval ahead at most, so a longer wait is said again. */
  dueAt(hostId: HostId, at: number, everyMs: number): Promise<void>;
  standing(everyMs: number): Promise<TurnsStanding>;
}
