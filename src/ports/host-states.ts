import type { Alert } from '../domain/alerts/alert.ts';
import type { Blindness } from '../domain/alerts/silence.ts';
import type { PastSession } from '../domain/history/past-session.ts';
import type { HostId } from '../domain/hosts/host.ts';
import type { HostMemory, Watch } from '../domain/sessions/host-state.ts';
import type { Saved } from './saved.ts';

/** What is remembered of the hosts and their sessions. */
export interface Watches {
  /** Every known host, each with its watches; one whose records cannot be read is there as `unreadableMemory`. */
  all(): Promise<readonly HostMemory[]>;
  /** Throws UnreadableRecord, as `find` does, so that nothing is saved over what cannot be read. */
  get(hostId: HostId): Promise<HostMemory | undefined>;
  /** The host and the session a button's `ref` stands for; undefined once it is no longer watched. */
  find(ref: string): Promise<Watched | undefined>;
  /**
   * Stores `after` if the host is still at `before.version`, in one step with the alerts and the blindness that
   * changed (each against its own version), the cards these make due, and the sessions that ended. Writes only what
   * differs. `conflict`: somebody else was faster.
   */
  save(before: HostMemory, after: HostMemory, alerts: readonly Alert[], also?: AlsoSeen): Promise<Saved>;
  /** Follows a host no longer; should it be found again within a month, it is as `after` says. The rest as in `save`. */
  forget(before: HostMemory, after: HostMemory, alerts: readonly Alert[], also?: AlsoSeen): Promise<Saved>;
}

/** What a reading shows besides alerts. */
export interface AlsoSeen {
  readonly blindness?: Blindness | undefined;
  readonly ended?: readonly PastSession[];
}

export interface Watched {
  readonly memory: HostMemory;
  readonly watch: Watch;
}
