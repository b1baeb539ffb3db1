import type { Policy } from '../policy/policy.ts';
import type { HostMemory, Watch } from '../sessions/host-state.ts';
import { forgetsHost, lostReason } from '../sessions/lost.ts';
import type { Snapshot } from '../sessions/snapshot.ts';
import type { Alert } from './alert.ts';
import type { AlertDecision } from './decide.ts';
import { decideAlert } from './decide.ts';
import type { Blindness } from './silence.ts';
import { decideBlindness, isBlind } from './silence.ts';

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
  const judged = sightings.map(({ watch, sighting }) => {
    const alert = watch.alertId === undefined ? undefined : alerts.get(watch.alertId);
    const decision = decideAlert(snapshot, watch, sighting, alert, policy, now);
    const isOwed = decision.do === 'nothing' && decision.because === 'alert-unreadable';
    return { watch, sighting, isOwed, decision, alert: evolve(snapshot, watch, alert, decision, now, newId) };
  });
  const alertsToEnd = judged.flatMap((one) => (one.isOwed && one.sighting === 'gone' ? [one.watch] : []));
  const raised = new Map(judged.flatMap(({ watch, alert }) => (alert ? [[watch.ref, alert.id]] : [])));
  const lost = lostReason(snapshot, now);
  const current = remembered.watches.map((watch) => {
    const alertId = raised.get(watch.ref);
    return alertId === undefined ? watch : { ...watch, alertId };
  });
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

/** The alert after the decision, where the decision changes it. */
function evolve(
  { memory }: Snapshot,
  watch: Watch,
  alert: Alert | undefined,
  decision: AlertDecision,
  now: number,
  newId: () => string,
): Alert | undefined {
  const readAt = memory.readAt ?? now;
  if (decision.do === 'raise') {
    const { name, warnAfterMs } = decision.rule;
    return {
      id: newId(),
      version: 0,
      ref: watch.ref,
      session: watch.session,
      hostId: memory.host.id,
      hostName: memory.host.name,
      rule: { name, warnAfterMs },
      raisedAt: now,
      seenAt: readAt,
      state: { is: decision.confirmed ? 'open' : 'unconfirmed' },
      handling: { is: 'unattended' },
      steps: [],
    };
  }
  if (!alert) return undefined;
  switch (decision.do) {
    case 'confirm':
    case 'find-again':
      return { ...alert, seenAt: readAt, state: { is: 'open' } };
    case 'doubt':
      return { ...alert, seenAt: readAt, state: { is: 'unconfirmed' } };
    case 'end':
      return { ...alert, state: { is: 'ended', checkedAt: readAt } };
    case 'lose':
      return { ...alert, state: { is: 'lost', at: now, why: decision.why } };
    case 'nothing':
      return undefined;
  }
}
