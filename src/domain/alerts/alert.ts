import type { AlertStep, Handling } from './handling.ts';
import type { HostId } from '../hosts/host.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import { ruleFor } from '../policy/policy.ts';
import type { Session } from '../sessions/session.ts';
import type { Sighting, Snapshot } from '../sessions/snapshot.ts';
import type { HostMemory, Watch } from '../sessions/host-state.ts';

/** A session that has been open longer than its rule allows; the subject of one card. */
export interface Alert {
  readonly id: string;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  /** The watch it was raised for. */
  readonly ref: string;
  readonly session: Session;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly rule: { readonly name: string; readonly warnAfterMs: number };
  readonly raisedAt: number;
  /** When the reading began that last showed the session open, as far as this alert has said. */
  readonly seenAt: number;
  readonly state: AlertState;
  readonly handling: Handling;
  /** The latest, oldest first. */
  readonly steps: readonly AlertStep[];
}

export type AlertState =
  | { readonly is: 'open' }
  /** Raised from an old reading: the host has not answered since `seenAt`. */
  | { readonly is: 'unconfirmed' }
  /** `checkedAt`: the reading that no longer showed the session. */
  | { readonly is: 'ended'; readonly checkedAt: number }
  | { readonly is: 'lost'; readonly at: number; readonly why: LostReason };

/** Why a session is no longer followed although nobody saw it end. */
export type LostReason = 'host-gone' | 'unknown-too-long';

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
const unknownTooLongMs = 24 * 3_600_000;

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

/** Why the sessions of this host are given up, if they are. */
export function lostReason({ verdict, memory }: Snapshot, now: number): LostReason | undefined {
  if (verdict === 'host-gone') return 'host-gone';
  const isSilent = verdict === 'failed' && memory.readAt !== undefined;
  return isSilent && now - (memory.readAt ?? now) >= unknownTooLongMs ? 'unknown-too-long' : undefined;
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

const openStates: Readonly<Record<AlertState['is'], boolean>> = {
  open: true,
  unconfirmed: true,
  ended: false,
  lost: false,
};

export function isOpen({ state }: Alert): boolean {
  return openStates[state.is];
}

function quiet(because: QuietReason): AlertDecision {
  return { do: 'nothing', because };
}
