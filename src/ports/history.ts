import type { PastSession } from '../domain/history/past-session.ts';

/** Sessions that have ended, for as many days as the policy says; `HostStates.save` writes them. */
export interface History {
  closedSince(since: number, atMost: number): Promise<readonly PastSession[]>;
  /** Puts what was found out about them since in their places, unless they are not there any more. */
  refine(past: readonly PastSession[]): Promise<void>;
}
