import type { HostState, TrackedSession } from '../sessions/host-state.ts';
import type { Alert, AlertState, Limit } from './alert.ts';
import type { AlertDecision } from './decide.ts';

export interface Evolving {
  readonly now: number;
  readonly newId: () => string;
  readonly count: number;
}

export function evolve(
  hostState: HostState,
  {
    tracked,
    alert,
    decision,
  }: {
    readonly tracked: TrackedSession;
    readonly alert: Alert | undefined;
    readonly decision: AlertDecision;
  },
  { now, newId, count }: Evolving,
): Alert | undefined {
  const readAt = hostState.readAt ?? now;
  if (decision.do === 'raise') {
    const { name, warnAfterMs } = decision.rule;
    const raised: Alert = {
      id: newId(),
      version: 0,
      ref: tracked.ref,
      session: tracked.session,
      hostId: hostState.host.id,
      hostName: hostState.host.name,
      rule: { name, warnAfterMs },
      raisedAt: now,
      seenAt: readAt,
      state: seen(decision.confirmed),
      handling: { is: 'unattended' },
      steps: [],
    };
    return counting(raised, count);
  }
  if (!alert) return undefined;
  switch (decision.do) {
    case 'confirm':
    case 'find-again':
      return counting({ ...alert, seenAt: readAt, state: { is: 'open' } }, count);
    case 'doubt':
      return counting({ ...alert, seenAt: readAt, state: { is: 'unconfirmed' } }, count);
    case 'restore':
      return counting({ ...alert, seenAt: readAt, state: seen(decision.confirmed) }, count);
    case 'recount':
      return counting(alert, count);
    case 'hand-on': {
      const { ref, session } = decision.to;
      return counting({ ...alert, ref, session, seenAt: readAt, state: seen(decision.confirmed) }, count);
    }
    case 'end':
      return { ...alert, state: { is: 'ended', checkedAt: readAt } };
    case 'lose':
      return { ...alert, state: { is: 'lost', at: now, why: decision.why } };
    case 'lift': {
      const { limit } = decision;
      return { ...alert, state: { is: 'lifted', at: now, ...(limit && { limit: limitOf(limit) }) } };
    }
    case 'nothing':
      return undefined;
  }
}

function seen(confirmed: boolean): AlertState {
  return { is: confirmed ? 'open' : 'unconfirmed' };
}

function limitOf({ name, warnAfterMs }: Limit): Limit {
  return { name, warnAfterMs };
}

function counting({ alike: _before, ...alert }: Alert, count: number): Alert {
  return count > 1 ? { ...alert, alike: count } : alert;
}
