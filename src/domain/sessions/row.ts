import type { Policy } from '../policy/policy.ts';
import type { Attention } from './attention.ts';
import { attentionOf } from './attention.ts';
import { isStale } from './freshness.ts';
import type { SessionOnHost } from './host-state.ts';
import { ruleFor } from './rule.ts';
import type { Session } from './session.ts';

/** What lists show of a session. */
export interface SessionRow {
  readonly ref: string;
  readonly session: Session;
  readonly hostName: string;
  /** The limit of the first rule that matches, if one does. */
  readonly warnAfterMs?: number;
  readonly attention: Attention;
  /** The reading that showed it; the host has not answered since where `isStale`. */
  readonly readAt: number;
  readonly isStale: boolean;
}

export function rowOf({ tracked, hostState }: SessionOnHost, policy: Policy, now: number): SessionRow {
  const limitMs = limitOf({ tracked, hostState }, policy);
  return {
    ref: tracked.ref,
    session: tracked.session,
    hostName: hostState.host.name,
    ...(limitMs !== undefined && { warnAfterMs: limitMs }),
    attention: attentionOf(now - tracked.session.startedAt, limitMs),
    readAt: hostState.readAt ?? now,
    isStale:
      hostState.failing !== undefined ||
      hostState.doubtfulSince !== undefined ||
      isStale(hostState.readAt, policy.polling.everyMs, now),
  };
}

export function entryAttention(entry: SessionOnHost, policy: Policy, now: number): Attention {
  return attentionOf(now - entry.tracked.session.startedAt, limitOf(entry, policy));
}

function limitOf({ tracked, hostState }: SessionOnHost, policy: Policy): number | undefined {
  return ruleFor(policy, hostState.host, tracked.session)?.warnAfterMs;
}
