import type { Policy, PolicyNow } from '../policy/policy.ts';
import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import { forgetsHost, lostReason } from '../sessions/lost.ts';
import type { Snapshot } from '../sessions/snapshot.ts';
import type { Alert } from './alert.ts';
import type { AlertDecision, Evaluated } from './decide.ts';
import { decideAlert } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Silence } from './silence.ts';
import { decideSilence, isSilent } from './silence.ts';
import type { Place } from './tunnels.ts';
import { placesInTunnels } from './tunnels.ts';
import { givenUp, unblamed } from './given-up.ts';

export interface Evaluation {
  readonly hostState: HostState;
  readonly alerts: readonly Alert[];
  readonly silence?: Silence;
  readonly decisions: readonly { readonly tracked: TrackedSession; readonly decision: AlertDecision }[];
  /** Azure says that there is no such host: it is to be forgotten, once all that is open of it could be closed. */
  readonly forgetHost: boolean;
}

export function evaluate(
  snapshot: Snapshot,
  {
    alerts,
    silence,
  }: { readonly alerts: ReadonlyMap<string, Alert>; readonly silence?: Silence | undefined },
  { policy, now, newId }: { readonly policy: Policy; readonly now: number; readonly newId: () => string },
): Evaluation {
  const { alertsToEnd: owed = [], ...remembered } = snapshot.hostState;
  const sightings = [
    ...snapshot.sightings,
    ...owed.map((tracked) => ({ tracked, sighting: 'gone' as const })),
  ];
  const known = sightings.map(({ tracked, sighting }) => {
    const alertId = tracked.alertId ?? tracked.liftedAlertId;
    return { tracked, sighting, alert: alertId === undefined ? undefined : alerts.get(alertId) };
  });
  const places = placesInTunnels(known);
  const evaluating = { policy, now };
  const evaluated = known.map((one) => {
    const place = places.get(one.tracked.ref) ?? alone;
    const decision = decideAmongAlike(snapshot, { one, place }, evaluating);
    const count = place.is === 'silent' ? 1 : place.forCount;
    const alert = evolve(snapshot.hostState, { ...one, decision }, { now, newId, count });
    const isOwed = decision.do === 'nothing' && decision.because === 'alert-unreadable';
    return { ...one, isOwed, decision, alert };
  });
  const alertsToEnd = evaluated.flatMap((one) =>
    one.isOwed && one.sighting === 'gone' ? [one.tracked] : [],
  );
  const changedAlerts = new Map(
    evaluated.flatMap(({ alert }) => (alert ? [[alert.ref, alert] as const] : [])),
  );
  const lost = lostReason(snapshot);
  const current = remembered.trackedSessions.map((tracked) =>
    withAlert(tracked, changedAlerts.get(tracked.ref)),
  );
  const changed = decideSilence(snapshot, silence, { policy, now, newId });
  const { silenceId, ...hostState } = remembered;
  const isSilenceOwed = silenceId !== undefined && !silence;
  const openSilenceId = changed ? (isSilent(changed) ? changed.id : undefined) : silenceId;
  const kept = {
    ...hostState,
    trackedSessions: current,
    ...(openSilenceId !== undefined && { silenceId: openSilenceId }),
    ...(alertsToEnd.length > 0 && { alertsToEnd }),
  };
  const owedRefs = new Set(evaluated.flatMap(({ isOwed, tracked }) => (isOwed ? [tracked.ref] : [])));
  const forgetHost = forgetsHost(lost) && owedRefs.size === 0 && !isSilenceOwed;
  return {
    hostState: lost ? givenUp(forgetHost ? unblamed(kept) : kept, owedRefs, now) : kept,
    ...(changed && { silence: changed }),
    alerts: evaluated.flatMap(({ alert }) => (alert ? [alert] : [])),
    decisions: evaluated.map(({ tracked, decision }) => ({ tracked, decision })),
    forgetHost,
  };
}

function withAlert(tracked: TrackedSession, alert: Alert | undefined): TrackedSession {
  if (!alert) return tracked;
  const { alertId: _before, liftedAlertId: _lifted, ...unalerted } = tracked;
  const isLifted = alert.state.is === 'lifted';
  return isLifted ? { ...unalerted, liftedAlertId: alert.id } : { ...unalerted, alertId: alert.id };
}

const alone: Place = { is: 'speaks', forCount: 1 };

function decideAmongAlike(
  snapshot: Snapshot,
  { one, place }: { readonly one: Evaluated; readonly place: Place },
  evaluating: PolicyNow,
): AlertDecision {
  switch (place.is) {
    case 'silent':
      return { do: 'nothing', because: 'alerted-with-another' };
    case 'hands-on': {
      const { tracked, sighting } = place.to;
      const ofHeir = decideAlert(snapshot, { tracked, sighting, alert: one.alert }, evaluating);
      const isSeen = sighting === 'open';
      return ofHeir.do === 'lift' ? ofHeir : { do: 'hand-on', to: tracked, confirmed: isSeen };
    }
    case 'speaks': {
      const decision = decideAlert(snapshot, one, evaluating);
      const isQuiet = decision.do === 'nothing' && decision.because === 'already-raised';
      return isQuiet && place.forCount !== (one.alert?.alike ?? 1) ? { do: 'recount' } : decision;
    }
  }
}
