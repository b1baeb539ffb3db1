import { isStale, staleIntervals } from '../sessions/freshness.ts';
import type { HostMemory } from '../sessions/host-state.ts';
import { isUnreadable } from '../sessions/host-state.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';
import type { Judging } from './decide.ts';
import type { Handled } from './with-step.ts';
import { withStep } from './with-step.ts';

/**
 * The alert after its snooze has run out. Undefined while it has not, and until somebody has looked at the host again:
 * after a stop of the bot a reading is on its way, which knows better.
 */
export function wake(
  alert: Alert,
  memory: HostMemory | undefined,
  { policy, now }: Judging,
): Handled | undefined {
  const at = wakesAt(alert);
  if (at === undefined || now < at || alert.handling.is !== 'snoozed') return undefined;
  const standing = standingOf(memory, policy.polling.everyMs, now);
  if (standing === 'looked-for') return undefined;
  const seenAt = memory?.readAt ?? alert.seenAt;
  const known = standing === 'read' ? alert : { ...alert, seenAt, state: { is: 'unconfirmed' } as const };
  return withStep(known, { ...alert.handling, is: 'woken' }, { did: 'woken', at: now });
}

/** When the alert next needs attention by itself. */
export function wakesAt(alert: Alert): number | undefined {
  return isOpen(alert) && alert.handling.is === 'snoozed' ? alert.handling.until : undefined;
}

function standingOf(
  memory: HostMemory | undefined,
  everyMs: number,
  now: number,
): 'read' | 'silent' | 'looked-for' {
  if (!memory || isUnreadable(memory)) return 'silent';
  const { failing, emptiedAt, readAt, triedAt = 0 } = memory;
  if (failing) {
    const triedUntil = Math.max(triedAt, failing.failure.retryAt ?? 0);
    return now - triedUntil > staleIntervals * everyMs ? 'looked-for' : 'silent';
  }
  return emptiedAt !== undefined || isStale(readAt, everyMs, now) ? 'looked-for' : 'read';
}
