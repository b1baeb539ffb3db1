import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isPassing } from '../hosts/azure-failure.ts';
import type { HostState } from '../sessions/host-state.ts';
import type { Session } from '../sessions/session.ts';

/** A reading that was begun longer ago than one can take says nothing of now: the replica that read it was held up. */
const readingHoldsForMs = 30_000;

/** What can be relied on of a host, before something is sent or proven. */
export type Seen =
  | { readonly is: 'sessions'; readonly sessions: readonly Session[]; readonly readAt: number }
  | { readonly is: 'doubt' }
  /** `mayPass`: a later reading can still say more. */
  | { readonly is: 'nothing'; readonly failure: AzureFailure; readonly mayPass: boolean };

/** No state means that the host itself is gone. */
export function see(hostState: HostState | undefined, now: number): Seen {
  if (!hostState) return { is: 'nothing', failure: { kind: 'host-gone' }, mayPass: false };
  if (hostState.failing) {
    const { failure } = hostState.failing;
    // Azure has said once that there is no such host; it is gone, and forgotten, when it says so again.
    return { is: 'nothing', failure, mayPass: failure.kind === 'host-gone' || isPassing(failure) };
  }
  if (hostState.readAt === undefined || hostState.doubtfulSince !== undefined) return { is: 'doubt' };
  if (now - hostState.readAt > readingHoldsForMs) return { is: 'doubt' };
  return {
    is: 'sessions',
    sessions: hostState.trackedSessions.map(({ session }) => session),
    readAt: hostState.readAt,
  };
}
