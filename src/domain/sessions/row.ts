import type { Policy } from '../policy/policy.ts';
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
  readonly isOverLimit: boolean;
  /** The reading that showed it; the host has not answered since where `isStale`. */
  readonly readAt: number;
  readonly isStale: boolean;
}

export function rowOf({ watch, memory }: Entry, policy: Policy, now: number): SessionRow {
  const limit = limitOf({ watch, memory }, policy);
  return {
    ref: watch.ref,
    session: watch.session,
    hostName: memory.host.name,
    ...(limit !== undefined && { warnAfterMs: limit }),
    isOverLimit: isOver(watch.session, limit, now),
    readAt: memory.readAt ?? now,
    isStale:
      memory.failing !== undefined ||
      memory.emptiedAt !== undefined ||
      isStale(memory.readAt, policy.polling.everyMs, now),
  };
}

export function isOverLimit(entry: Entry, policy: Policy, now: number): boolean {
  return isOver(entry.watch.session, limitOf(entry, policy), now);
}

function limitOf({ watch, memory }: Entry, policy: Policy): number | undefined {
  return ruleFor(policy, memory.host, watch.session)?.warnAfterMs;
}

function isOver({ startedAt }: Session, limit: number | undefined, now: number): boolean {
  return limit !== undefined && now - startedAt >= limit;
}
