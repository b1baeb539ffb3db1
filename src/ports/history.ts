import type { PastSession } from '../domain/history/past-session.ts';

/** Sessions that have ended, for as many days as the policy says; `Watches.save` writes them. */
export interface History {
  /** Those closed at `since` or later, the latest first; at most so many. */
  closedSince(since: number, atMost: number): Promise<readonly PastSession[]>;
  /** Puts what was found out about it since in its place, unless it is not there any more. */
  refine(past: PastSession): Promise<void>;
}
