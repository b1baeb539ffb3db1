import type { Policy } from '../policy/policy.ts';
import type { Attention } from './attention.ts';
import { attentionOf } from './attention.ts';
import { isStale } from './freshness.ts';
import type { HostMemory, Watch } from './host-state.ts';
import { ruleFor } from './rule.ts';
import type { Session } from './session.ts';

/** A watched session with the memory of its host. */
export interface Entry {
  readonly watch: Watch;
  readonly memory: HostMemory;
}

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

export function rowOf({ watch, memory }: Entry, policy: Policy, now: number): SessionRow {
  const limitMs = limitOf({ watch, memory }, policy);
  return {
    ref: watch.ref,
    session: watch.session,
    hostName: memory.host.name,
    ...(limitMs !== undefined && { warnAfterMs: limitMs }),
    attention: attentionOf(now - watch.session.startedAt, limitMs),
    readAt: memory.readAt ?? now,
    isStale:
      memory.failing !== undefined ||
      memory.emptiedAt !== undefined ||
      isStale(memory.readAt, policy.polling.everyMs, now),
  };
}

export function entryAttention(entry: Entry, policy: Policy, now: number): Attention {
  return attentionOf(now - entry.watch.session.startedAt, limitOf(entry, policy));
}

function limitOf({ watch, memory }: Entry, policy: Policy): number | undefined {
  return ruleFor(policy, memory.host, watch.session)?.warnAfterMs;
}
