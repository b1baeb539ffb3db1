import type { Policy } from '../policy/policy.ts';
import type { HostMemory, Watch } from '../sessions/host-state.ts';
import { forgetsHost, lostReason } from '../sessions/lost.ts';
import type { Snapshot } from '../sessions/snapshot.ts';
import type { Alert } from './alert.ts';
import type { AlertDecision, Judged, Judging } from './decide.ts';
import { decideAlert } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Blindness } from './silence.ts';
import { decideBlindness, isBlind } from './silence.ts';
import type { Place } from './tunnels.ts';
import { placesInTunnels } from './tunnels.ts';

/** What follows from a snapshot: the memory to store, the alerts that changed with it, and why, by watch. */
export interface Judgement {
  readonly memory: HostMemory;
  readonly alerts: readonly Alert[];
  /** Where it changed with it. */
  readonly blindness?: Blindness;
  readonly decisions: readonly { readonly watch: Watch; readonly decision: AlertDecision }[];
  /** Azure says that there is no such host: it is to be forgotten, once all that is open of it could be closed. */
  readonly forgetHost: boolean;
}

export function judge(
  snapshot: Snapshot,
  alerts: ReadonlyMap<string, Alert>,
  policy: Policy,
  now: number,
  newId: () => string,
  blindness?: Blindness,
): Judgement {
  const { alertsToEnd: owed = [], ...remembered } = snapshot.memory;
  const sightings = [...snapshot.sightings, ...owed.map((watch) => ({ watch, sighting: 'gone' as const }))];
  const known = sightings.map(({ watch, sighting }) => {
    const alertId = watch.alertId ?? watch.liftedAlertId;
    return { watch, sighting, alert: alertId === undefined ? undefined : alerts.get(alertId) };
  });
  const places = placesInTunnels(known);
  const judged = known.map((one) => {
    const place = places.get(one.watch.ref) ?? alone;
    const decision = decideAmongAlike(snapshot, one, place, { policy, now });
    const count = place.is === 'silent' ? 1 : place.forCount;
    const alert = evolve(snapshot.memory, one, decision, { now, newId, count });
    const isOwed = decision.do === 'nothing' && decision.because === 'alert-unreadable';
    return { ...one, isOwed, decision, alert };
  });
  const alertsToEnd = judged.flatMap((one) => (one.isOwed && one.sighting === 'gone' ? [one.watch] : []));
  const changedAlerts = new Map(judged.flatMap(({ alert }) => (alert ? [[alert.ref, alert] as const] : [])));
  const lost = lostReason(snapshot);
  const current = remembered.watches.map((watch) => withAlert(watch, changedAlerts.get(watch.ref)));
  const changed = decideBlindness(snapshot, blindness, policy, now, newId);
  const { blindnessId, ...memory } = remembered;
  const isBlindnessOwed = blindnessId !== undefined && !blindness;
  const blindId = changed ? (isBlind(changed) ? changed.id : undefined) : blindnessId;
  const kept = {
    ...memory,
    watches: current,
    ...(blindId !== undefined && { blindnessId: blindId }),
    ...(alertsToEnd.length > 0 && { alertsToEnd }),
  };
  const owedRefs = new Set(judged.flatMap(({ isOwed, watch }) => (isOwed ? [watch.ref] : [])));
  const forgetHost = forgetsHost(lost) && owedRefs.size === 0 && !isBlindnessOwed;
  return {
    memory: lost ? givenUp(forgetHost ? unblamed(kept) : kept, owedRefs, now) : kept,
    ...(changed && { blindness: changed }),
    alerts: judged.flatMap(({ alert }) => (alert ? [alert] : [])),
    decisions: judged.map(({ watch, decision }) => ({ watch, decision })),
    forgetHost,
  };
}

/**
 * Sessions are kept when they are given up, so that one which is seen once more is the same, with the same alert. Those
 * whose alert cannot be read now are given up once it can be.
 */
function givenUp(memory: HostMemory, owed: ReadonlySet<string>, now: number): HostMemory {
  const isOwed = ({ ref }: Watch) => owed.has(ref);
  const lost = memory.watches.filter((watch) => !isOwed(watch)).map((watch) => ({ ...watch, lostAt: now }));
  return { ...memory, watches: memory.watches.filter(isOwed), lost: [...memory.lost, ...lost] };
}

/** What spoke for its end is not held against a host that returns. */
function unblamed({ failing, missedAt, emptiedAt, ...memory }: HostMemory): HostMemory {
  return memory;
}

function withAlert(watch: Watch, alert: Alert | undefined): Watch {
  if (!alert) return watch;
  const { alertId: _before, liftedAlertId: _lifted, ...unalerted } = watch;
  const isLifted = alert.state.is === 'lifted';
  return isLifted ? { ...unalerted, liftedAlertId: alert.id } : { ...unalerted, alertId: alert.id };
}

const alone: Place = { is: 'speaks', forCount: 1 };

function decideAmongAlike(snapshot: Snapshot, one: Judged, place: Place, judging: Judging): AlertDecision {
  switch (place.is) {
    case 'silent':
      return { do: 'nothing', because: 'alerted-with-another' };
    case 'hands-on': {
      const { watch, sighting } = place.to;
      const ofHeir = decideAlert(snapshot, { watch, sighting, alert: one.alert }, judging);
      const isSeen = sighting === 'open';
      return ofHeir.do === 'lift' ? ofHeir : { do: 'hand-on', to: watch, confirmed: isSeen };
    }
    case 'speaks': {
      const decision = decideAlert(snapshot, one, judging);
      const isQuiet = decision.do === 'nothing' && decision.because === 'already-raised';
      return isQuiet && place.forCount !== (one.alert?.alike ?? 1) ? { do: 'recount' } : decision;
    }
  }
}
