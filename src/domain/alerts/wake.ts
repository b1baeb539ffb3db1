import type { PolicyNow } from '../policy/policy.ts';
import { isStale, staleIntervals } from '../sessions/freshness.ts';
import type { HostState } from '../sessions/host-state.ts';
import { isUnreadable } from '../sessions/host-state.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';
import type { Handled } from './with-step.ts';
import { withStep } from './with-step.ts';

/** Undefined while the snooze lasts, and until the host has been read again: after a stop of the bot that reading knows better. */
export function wake(
  alert: Alert,
  hostState: HostState | undefined,
  { policy, now }: PolicyNow,
): Handled | undefined {
  const at = wakesAt(alert);
  if (at === undefined || now < at || alert.handling.is !== 'snoozed') return undefined;
  const standing = standingOf(hostState, policy.polling.everyMs, now);
  if (standing === 'looked-for') return undefined;
  const seenAt = hostState?.readAt ?? alert.seenAt;
  const known = standing === 'read' ? alert : { ...alert, seenAt, state: { is: 'unconfirmed' } as const };
  return withStep(known, { ...alert.handling, is: 'woken' }, { did: 'woken', at: now });
}

export function wakesAt(alert: Alert): number | undefined {
  return isOpen(alert) && alert.handling.is === 'snoozed' ? alert.handling.until : undefined;
}

function standingOf(
  hostState: HostState | undefined,
  everyMs: number,
  now: number,
): 'read' | 'silent' | 'looked-for' {
  if (!hostState || isUnreadable(hostState)) return 'silent';
  const { failing, doubtfulSince, readAt, triedAt = 0 } = hostState;
  if (failing) {
    const triedUntil = Math.max(triedAt, failing.failure.retryAt ?? 0);
    return now - triedUntil > staleIntervals * everyMs ? 'looked-for' : 'silent';
  }
  return doubtfulSince !== undefined || isStale(readAt, everyMs, now) ? 'looked-for' : 'read';
}
