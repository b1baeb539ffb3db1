import { likeness } from '../sessions/alike.ts';
import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import { isBlankLogin, isSameLogin } from '../sessions/login.ts';
import type { Session } from '../sessions/session.ts';
import { earliestStart, isSameSession, machineOf } from '../sessions/session.ts';
import type { GoneRequest } from './gone.ts';
import type { Lookout } from './lookout.ts';
import { afterLook } from './lookout.ts';
import { see } from './seen.ts';
import { sessionsOf } from './tunnel.ts';

export interface Look {
  readonly is: 'back' | 'nothing';
  readonly next: GoneRequest;
}

/** Azure's clock and ours differ by less. */
const clocksDifferByMs = 5000;

/** Whether it is time to look; so often as `lookout.ts` says, and never again once somebody came back. */
export function isLookDue({ state }: GoneRequest, now: number): boolean {
  return state.lookout !== undefined && state.lookout.nextLookAt <= now;
}

/** `hostState` is the host as a reading begun since the moment of the look left it; without a good one nothing is said. */
export function decideLook(
  { request, lookout }: { readonly request: GoneRequest; readonly lookout: Lookout },
  hostState: HostState | undefined,
  now: number,
): Look {
  const { lookout: _looked, ...state } = request.state;
  const trackedSessions = hostState && see(hostState, now).is === 'sessions' ? hostState.trackedSessions : [];
  const [first] = trackedSessions
    .filter((tracked) => isReturn(request, lookout, tracked))
    .toSorted((a, b) => a.session.startedAt - b.session.startedAt);
  if (first) {
    const { ref, session } = first;
    return { is: 'back', next: { ...request, state: { ...state, cameBack: { ref, session } } } };
  }
  const left = afterLook(lookout, now);
  return { is: 'nothing', next: { ...request, state: left ? { ...state, lookout: left } : state } };
}

function isReturn(request: GoneRequest, { until }: Lookout, tracked: TrackedSession): boolean {
  const { session, state } = request;
  const wasAsked = sessionsOf(request).some(
    (one) => one.ref === tracked.ref || isSameSession(one.session, tracked.session),
  );
  // What Azure lists late of the same tunnel came back from nowhere.
  const isOfTunnel = likeness(session) !== undefined && likeness(session) === likeness(tracked.session);
  return (
    !wasAsked &&
    !isOfTunnel &&
    isAlike(session, tracked.session) &&
    earliestStart(tracked.session) >= state.sentAt - clocksDifferByMs &&
    tracked.session.startedAt <= until + clocksDifferByMs
  );
}

function isAlike(ended: Session, other: Session): boolean {
  return (
    !isBlankLogin(ended.vmLogin) &&
    isSameLogin(ended.vmLogin, other.vmLogin) &&
    machineOf(ended) === machineOf(other)
  );
}
