import type { Policy, Rule } from '../policy/policy.ts';
import type { HostMemory, Watch } from '../sessions/host-state.ts';
import type { LostReason } from '../sessions/lost.ts';
import { lostReason } from '../sessions/lost.ts';
import { ruleFor } from '../sessions/rule.ts';
import type { Sighting, Snapshot } from '../sessions/snapshot.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';

export type AlertDecision =
  | { readonly do: 'raise'; readonly rule: Rule; readonly confirmed: boolean }
  | { readonly do: 'confirm' | 'end' }
  | { readonly do: 'lose'; readonly why: LostReason }
  | { readonly do: 'nothing'; readonly because: QuietReason };

export type QuietReason =
  | 'no-rule'
  | 'within-limit'
  | 'already-raised'
  | 'already-closed'
  | 'over-limit-awaiting-a-reading'
  | 'never-alerted'
  | 'not-seen';

/** A reading begun this long before a threshold still confirms it, so one reading serves all crossings of a host. */
export const confirmsBeforeMs = 15_000;
/** How many silent polls past a threshold are waited for before the alert goes out unconfirmed. */
const silentIntervals = 3;

/** What to do about the alert of one session. `alert` is the one raised for it, if any. */
export function decideAlert(
  snapshot: Snapshot,
  watch: Watch,
  sighting: Sighting,
  alert: Alert | undefined,
  policy: Policy,
  now: number,
): AlertDecision {
  if (alert && !isOpen(alert)) return quiet('already-closed');
  const lost = lostReason(snapshot, now);
  if (sighting === 'gone') return alert ? { do: 'end' } : quiet('never-alerted');
  if (lost) return alert ? { do: 'lose', why: lost } : quiet('never-alerted');
  if (alert) {
    const becomesKnown = sighting === 'open' && alert.state.is === 'unconfirmed';
    return becomesKnown ? { do: 'confirm' } : quiet('already-raised');
  }
  const rule = ruleFor(policy, snapshot.memory.host, watch.session);
  if (!rule) return quiet('no-rule');
  const crossesAt = watch.session.startedAt + rule.warnAfterMs;
  if (now < crossesAt) return quiet('within-limit');
  const { readAt } = snapshot.memory;
  if (readAt === undefined) return quiet('not-seen');
  if (readAt >= crossesAt - confirmsBeforeMs) return { do: 'raise', rule, confirmed: true };
  const patienceEndsAt = crossesAt + silentIntervals * policy.polling.everyMs;
  return now >= patienceEndsAt
    ? { do: 'raise', rule, confirmed: false }
    : quiet('over-limit-awaiting-a-reading');
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
