import type { Alert } from '../domain/alerts/alert.ts';
import type { Silence } from '../domain/alerts/silence.ts';
import type { PastSession } from '../domain/history/past-session.ts';
import type { HostId } from '../domain/hosts/host.ts';
import type { HostState, SessionOnHost } from '../domain/sessions/host-state.ts';
import type { Saved } from './saved.ts';

export interface HostStates {
  /** Every known host, each with its tracked sessions; one whose records cannot be read is there as `unreadableHostState`. */
  all(): Promise<readonly HostState[]>;
  /** Throws UnreadableRecord, as `find` does, so that nothing is saved over what cannot be read. */
  get(hostId: HostId): Promise<HostState | undefined>;
  /** The host and the session a button's `ref` stands for; undefined once it is no longer tracked. */
  find(ref: string): Promise<SessionOnHost | undefined>;
  /** If the host is still at `before.version`: in one step with the alerts and the silence that changed, their cards, and what ended. */
  save(before: HostState, after: HostState, alerts: readonly Alert[], also?: AlsoSeen): Promise<Saved>;
  /** Follows a host no longer; should it be found again within a month, it is as `after` says. The rest as in `save`. */
  forget(before: HostState, after: HostState, alerts: readonly Alert[], also?: AlsoSeen): Promise<Saved>;
}

export interface AlsoSeen {
  readonly silence?: Silence | undefined;
  readonly ended?: readonly PastSession[];
}
