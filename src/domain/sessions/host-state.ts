import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { BastionHost } from '../hosts/host.ts';
import type { Session } from './session.ts';

export interface TrackedSession {
  /** Our own short name for it: what buttons carry. Never used again for another session. */
  readonly ref: string;
  readonly session: Session;
  readonly alertId?: string;
  /** The alert that it has no more since the rules changed. */
  readonly liftedAlertId?: string;
  readonly lostAt?: number;
}

/** Every tracked session in it was shown open by the reading begun at `readAt`; one that is not believed changes neither. */
export interface HostState {
  readonly host: BastionHost;
  readonly version: number;
  /** The newest reading taken into account, good or failed; 0 before the first. */
  readonly lastCounter: number;
  readonly triedAt?: number;
  readonly readAt?: number;
  readonly failing?: Failing;
  /** When a reading first lost every session of a busy host, while no second one has confirmed it. */
  readonly doubtfulSince?: number;
  /** The silence that its last readings have raised, while it lasts. */
  readonly silenceId?: string;
  /** The first of the searches in a row that covered its subscription and did not find it. */
  readonly missedAt?: number;
  readonly trackedSessions: readonly TrackedSession[];
  /** Sessions that were given up with their end unseen. One that a reading shows again is the same tracked session as before. */
  readonly lost: readonly TrackedSession[];
  /** No longer open; their alerts could not be read and are to be ended once they can be. */
  readonly alertsToEnd?: readonly TrackedSession[];
}

export interface SessionOnHost {
  readonly tracked: TrackedSession;
  readonly hostState: HostState;
}

export interface Failing {
  readonly since: number;
  readonly failure: AzureFailure;
  /** How much of the time since then somebody tried: while the bot is off, nobody looks. Absent for none yet. */
  readonly triedForMs?: number;
  /** When the first reading began of those in a row to which Azure said that there is no such host. */
  readonly goneSince?: number;
}

export function unreadHostState(host: BastionHost): HostState {
  return { host, version: 0, lastCounter: 0, trackedSessions: [], lost: [] };
}

export function refsOf(states: readonly HostState[]): readonly string[] {
  return states.flatMap(({ trackedSessions }) => trackedSessions.map(({ ref }) => ref));
}

export function isUnreadable({ failing }: HostState): boolean {
  return failing?.failure.kind === 'record-unreadable';
}

/** What is shown of a host whose records cannot be read. It is never stored: that would overwrite them. */
export function unreadableHostState(
  host: BastionHost,
  { since, reference }: { readonly since: number; readonly reference: string },
): HostState {
  return { ...unreadHostState(host), failing: { since, failure: { kind: 'record-unreadable', reference } } };
}
