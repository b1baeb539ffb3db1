import type { HostState, TrackedSession } from '../sessions/host-state.ts';

/** Kept, so that one which is seen once more is the same, with the same alert; those whose alert cannot be read now wait. */
export function givenUp(hostState: HostState, owed: ReadonlySet<string>, now: number): HostState {
  const isOwed = ({ ref }: TrackedSession) => owed.has(ref);
  const lost = hostState.trackedSessions
    .filter((tracked) => !isOwed(tracked))
    .map((tracked) => ({ ...tracked, lostAt: now }));
  return {
    ...hostState,
    trackedSessions: hostState.trackedSessions.filter(isOwed),
    lost: [...hostState.lost, ...lost],
  };
}

/** What spoke for its end is not held against a host that returns. */
export function unblamed({ failing, missedAt, doubtfulSince, ...hostState }: HostState): HostState {
  return hostState;
}
