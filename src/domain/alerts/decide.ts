import type { Policy, Rule } from '../policy/policy.ts';
import type { HostMemory, Watch } from '../sessions/host-state.ts';
import { isStale, staleIntervals } from '../sessions/freshness.ts';
import type { LostReason } from '../sessions/lost.ts';
import { lostReason } from '../sessions/lost.ts';
import { ruleFor } from '../sessions/rule.ts';
import type { Sighting, Snapshot } from '../sessions/snapshot.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';

export type AlertDecision =
  | { readonly do: 'raise'; readonly rule: Rule; readonly confirmed: boolean }
  /** `doubt`: too long ago was it seen. `find-again`: it was given up, and is seen once more. */
  | { readonly do: 'confirm' | 'doubt' | 'end' | 'find-again' }
  | { readonly do: 'lose'; readonly why: LostReason }
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
  | 'not-seen';

/** A reading begun this long before a threshold still confirms it, so one reading serves all crossings of a host. */
export const confirmsBeforeMs = 15_000;
/** What to do about the alert of one session. `alert` is the one raised for it, if any and if it can be read. */
export function decideAlert(
  snapshot: Snapshot,
  watch: Watch,
  sighting: Sighting,
  alert: Alert | undefined,
  policy: Policy,
  now: number,
): AlertDecision {
  if (alert && !isOpen(alert)) {
    const isFound = alert.state.is === 'lost' && sighting === 'open';
    return isFound ? { do: 'find-again' } : quiet('already-closed');
  }
  if (!alert && watch.alertId !== undefined) return quiet('alert-unreadable');
  const lost = lostReason(snapshot, now);
  if (sighting === 'gone') return alert ? { do: 'end' } : quiet('never-alerted');
  if (lost) return alert ? { do: 'lose', why: lost } : quiet('never-alerted');
  if (alert) return decideRaised(snapshot, sighting, alert, policy, now);
  const rule = ruleFor(policy, snapshot.memory.host, watch.session);
  if (!rule) return quiet('no-rule');
  const crossesAt = watch.session.startedAt + rule.warnAfterMs;
  if (now < crossesAt) return quiet('within-limit');
  const { readAt } = snapshot.memory;
  if (readAt === undefined) return quiet('not-seen');
  if (readAt >= crossesAt - confirmsBeforeMs) return { do: 'raise', rule, confirmed: true };
  const patienceEndsAt = crossesAt + staleIntervals * policy.polling.everyMs;
  return now >= patienceEndsAt
    ? { do: 'raise', rule, confirmed: false }
    : quiet('over-limit-awaiting-a-reading');
}

function decideRaised(
  { memory }: Snapshot,
  sighting: Sighting,
  { state }: Alert,
  { polling }: Policy,
  now: number,
): AlertDecision {
  if (sighting === 'open' && state.is === 'unconfirmed') return { do: 'confirm' };
  const isOld = sighting === 'unknown' && isStale(memory.readAt, polling.everyMs, now);
  return isOld && state.is === 'open' ? { do: 'doubt' } : quiet('already-raised');
}

/** The earliest moment after `now`, up to `until`, at which a session of this host crosses its limit. */
export function nextCrossing(
  memory: HostMemory,
  policy: Policy,
  now: number,
  until: number,
): number | undefined {
  const crossings = memory.watches.flatMap((watch) => {
    const rule = watch.alertId === undefined ? ruleFor(policy, memory.host, watch.session) : undefined;
    const crossesAt = rule ? watch.session.startedAt + rule.warnAfterMs : now;
    return crossesAt > now && crossesAt <= until ? [crossesAt] : [];
  });
  return crossings.length > 0 ? Math.min(...crossings) : undefined;
}

function quiet(because: QuietReason): AlertDecision {
  return { do: 'nothing', because };
}
