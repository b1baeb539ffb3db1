import type { Policy } from '../policy/policy.ts';
import { isStale } from './freshness.ts';
import type { SessionOnHost } from './host-state.ts';
import type { Attention } from './limits.ts';
import { attentionOf, limitOn } from './limits.ts';
import type { Session } from './session.ts';

export interface SessionRow {
  readonly ref: string;
  readonly session: Session;
  readonly hostName: string;
  readonly warnAfterMs?: number;
  readonly attention: Attention;
  /** The reading that showed it; the host has not answered since where `isStale`. */
  readonly readAt: number;
  readonly isStale: boolean;
}

export function rowOf({ tracked, hostState }: SessionOnHost, policy: Policy, now: number): SessionRow {
  const rule = limitOn({ tracked, hostState }, policy);
  return {
    ref: tracked.ref,
    session: tracked.session,
    hostName: hostState.host.name,
    ...(rule && { warnAfterMs: rule.warnAfterMs }),
    attention: attentionOf(tracked.session, rule, now),
    readAt: hostState.readAt ?? now,
    isStale:
      hostState.failing !== undefined ||
      hostState.doubtfulSince !== undefined ||
      isStale(hostState.readAt, policy.polling.everyMs, now),
  };
}

export function entryAttention(entry: SessionOnHost, policy: Policy, now: number): Attention {
  return attentionOf(entry.tracked.session, limitOn(entry, policy), now);
}
