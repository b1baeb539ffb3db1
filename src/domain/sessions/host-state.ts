import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { BastionHost } from '../hosts/host.ts';
import type { Session } from './session.ts';

/** An open session we keep an eye on. */
export interface Watch {
  /** Our own short name for it: what buttons carry. Never used again for another session. */
  readonly ref: string;
  readonly session: Session;
  /** The alert raised for it, if any. */
  readonly alertId?: string;
  /** The alert that it has no more since the rules changed. */
  readonly liftedAlertId?: string;
  /** When it was given up, its end unseen. */
  readonly lostAt?: number;
}

/**
 * What is remembered of one host between readings. Every watch in it was shown open by the reading begun at
 * `readAt`; a reading that is not taken for the truth leaves `readAt` and `watches` as they are.
 */
export interface HostMemory {
  readonly host: BastionHost;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  /** The newest reading taken into account, good or failed; 0 before the first. */
  readonly lastCounter: number;
  /** When that newest reading began. */
  readonly triedAt?: number;
  readonly readAt?: number;
  readonly failing?: Failing;
  /** When a reading first lost every session of a busy host, while no second one has confirmed it. */
  readonly emptiedAt?: number;
  /** The blindness that its last readings have raised, while it lasts. */
  readonly blindnessId?: string;
  /** The first of the searches in a row that covered its subscription and did not find it. */
  readonly missedAt?: number;
  readonly watches: readonly Watch[];
  /** Sessions that were given up with their end unseen. One that a reading shows again is the same watch as before. */
  readonly lost: readonly Watch[];
  /** No longer open; their alerts could not be read and are to be ended once they can be. */
  readonly alertsToEnd?: readonly Watch[];
}

/** A run of readings that failed: when the first of them began, and why the last one failed. */
export interface Failing {
  readonly since: number;
  readonly failure: AzureFailure;
  /** How much of the time since then somebody tried: while the bot is off, nobody looks. Absent for none yet. */
  readonly triedForMs?: number;
  /** When the first reading began of those in a row to which Azure said that there is no such host. */
  readonly goneSince?: number;
}

export function unreadMemory(host: BastionHost): HostMemory {
  return { host, version: 0, lastCounter: 0, watches: [], lost: [] };
}

/** Of all sessions that are followed. */
export function refsOf(memories: readonly HostMemory[]): readonly string[] {
  return memories.flatMap(({ watches }) => watches.map(({ ref }) => ref));
}

export function isUnreadable({ failing }: HostMemory): boolean {
  return failing?.failure.kind === 'record-unreadable';
}

/** What is shown of a host whose records cannot be read. It is never stored: that would overwrite them. */
export function unreadableMemory(
  host: BastionHost,
  { since, reference }: { readonly since: number; readonly reference: string },
): HostMemory {
  return { ...unreadMemory(host), failing: { since, failure: { kind: 'record-unreadable', reference } } };
}
