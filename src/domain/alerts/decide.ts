import type { PolicyNow, Rule } from '../policy/policy.ts';
import type { TrackedSession } from '../sessions/host-state.ts';
import { isStale, staleIntervals } from '../sessions/freshness.ts';
import type { LostReason } from '../sessions/lost.ts';
import { lostReason } from '../sessions/lost.ts';
import { limitOn, warnAt } from '../sessions/limits.ts';
import type { Sighting, Snapshot } from '../sessions/snapshot.ts';
import type { Alert, Limit } from './alert.ts';
import { isOpen } from './alert.ts';

export type AlertDecision =
  | { readonly do: 'raise'; readonly rule: Rule; readonly confirmed: boolean }
  | { readonly do: 'restore'; readonly confirmed: boolean }
  /** `doubt`: seen too long ago. `find-again`: given up, and seen once more. `recount`: its tunnel has more or fewer sessions. */
  | { readonly do: 'confirm' | 'doubt' | 'end' | 'find-again' | 'recount' }
  | { readonly do: 'lose'; readonly why: LostReason }
  | { readonly do: 'lift'; readonly limit: Limit | undefined }
  | { readonly do: 'hand-on'; readonly to: TrackedSession; readonly confirmed: boolean }
  | { readonly do: 'nothing'; readonly because: QuietReason };

export type QuietReason =
  | 'no-rule'
  | 'within-limit'
  | 'already-raised'
  | 'already-closed'
  /** There is one, and it cannot be read: another version of the bot looks after it. */
  | 'alert-unreadable'
  | 'over-limit-awaiting-a-reading'
  | 'never-alerted'
  | 'not-seen'
  | 'alerted-with-another';

/** A reading begun this long before a due time still confirms it, so one reading serves all due times of a host. */
export const confirmsBeforeMs = 15_000;

export function decideAlert(
  snapshot: Snapshot,
  { tracked, sighting, alert }: Evaluated,
  { policy, now }: PolicyNow,
): AlertDecision {
  if (!alert && tracked.alertId !== undefined) return quiet('alert-unreadable');
  if (alert && !isOpen(alert)) return decideClosed(snapshot, { tracked, sighting, alert }, { policy, now });
  const lost = lostReason(snapshot);
  if (sighting === 'gone') return alert ? { do: 'end' } : quiet('never-alerted');
  if (lost) return alert ? { do: 'lose', why: lost } : quiet('never-alerted');
  return alert
    ? decideOpen(snapshot, { tracked, sighting, alert }, { policy, now })
    : decideUnraised(snapshot, tracked, { policy, now });
}

export interface Evaluated {
  readonly tracked: TrackedSession;
  readonly sighting: Sighting;
  readonly alert: Alert | undefined;
}

type Raised = Evaluated & { readonly alert: Alert };

function decideUnraised(
  { hostState }: Snapshot,
  tracked: TrackedSession,
  { policy, now }: PolicyNow,
): AlertDecision {
  const rule = limitOn({ tracked, hostState }, policy);
  if (!rule) return quiet('no-rule');
  const dueAt = warnAt(tracked.session, rule);
  if (now < dueAt) return quiet('within-limit');
  const { readAt, failing } = hostState;
  if (readAt === undefined) return quiet('not-seen');
  if (readAt >= dueAt - confirmsBeforeMs) return { do: 'raise', rule, confirmed: true };
  // While the bot was off nobody asked the host.
  const askedSince = Math.max(dueAt, failing?.since ?? dueAt);
  const patienceEndsAt = askedSince + staleIntervals * policy.polling.everyMs;
  return now >= patienceEndsAt
    ? { do: 'raise', rule, confirmed: false }
    : quiet('over-limit-awaiting-a-reading');
}

function decideOpen(snapshot: Snapshot, evaluated: Raised, evaluating: PolicyNow): AlertDecision {
  const { hostState } = snapshot;
  const { tracked, sighting, alert } = evaluated;
  const { policy, now } = evaluating;
  const rule = limitOn({ tracked, hostState }, policy);
  if (!rule) return { do: 'lift', limit: undefined };
  // A start that is known better by now moves the due time a little: that lifts nothing.
  const isRaised = rule.warnAfterMs > alert.rule.warnAfterMs;
  if (isRaised && now < warnAt(tracked.session, rule)) return { do: 'lift', limit: rule };
  if (sighting === 'open' && alert.state.is === 'unconfirmed') return { do: 'confirm' };
  const isOld = sighting === 'unknown' && isStale(hostState.readAt, policy.polling.everyMs, now);
  return isOld && alert.state.is === 'open' ? { do: 'doubt' } : quiet('already-raised');
}

function decideClosed(snapshot: Snapshot, evaluated: Raised, evaluating: PolicyNow): AlertDecision {
  const { sighting, alert } = evaluated;
  const closed = quiet('already-closed');
  switch (alert.state.is) {
    case 'lost':
      return sighting === 'open' ? { do: 'find-again' } : closed;
    case 'lifted': {
      if (sighting === 'gone' || lostReason(snapshot)) return closed;
      const decision = decideUnraised(snapshot, evaluated.tracked, evaluating);
      if (decision.do !== 'raise') return closed;
      // Replicas with different rules take turns while they are replaced: they shall not post again and again.
      const { rule, confirmed } = decision;
      return isSameLimit(rule, alert.rule) ? { do: 'restore', confirmed } : decision;
    }
    case 'open':
    case 'unconfirmed':
    case 'ended':
      return closed;
  }
}

function isSameLimit(one: Limit, other: Limit): boolean {
  return one.name === other.name && one.warnAfterMs === other.warnAfterMs;
}

function quiet(because: QuietReason): AlertDecision {
  return { do: 'nothing', because };
}
