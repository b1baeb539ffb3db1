import type { HostId } from './host.ts';

/**
 * Hosts take turns. Of each one number is kept, the moment that its last turn was for: the next is one interval later,
 * and the longest overdue host comes first. A host that is late counts from when it is read, so that under backlog the
 * order is a circle, in which none comes twice before the others came once.
 */
export interface Turn {
  readonly hostId: HostId;
  /** Undefined before its first one. */
  readonly lastFor: number | undefined;
  readonly everyMs: number;
}

/**
 * Due are the hosts whose last turn was for a moment `upTo` this one, or `after` that one: what lies in the future was
 * written before the clock was put back.
 */
export function dueTurns(everyMs: number, now: number): { readonly upTo: number; readonly after: number } {
  return { upTo: now - everyMs, after: now };
}

export function isDue(lastFor: number, everyMs: number, now: number): boolean {
  const { upTo, after } = dueTurns(everyMs, now);
  return lastFor <= upTo || lastFor > after;
}

/** What the turn that a host takes `now` is for; undefined where it is not due. */
export function turnTaken({ hostId, lastFor, everyMs }: Turn, now: number): number | undefined {
  if (lastFor === undefined || lastFor > now) return now;
  const dueAt = lastFor + everyMs;
  if (dueAt > now) return undefined;
  if (now - dueAt > Math.min(longestPunctualMs, everyMs / 3)) return now;
  const afterItsPlaceMs = (dueAt - placeMs(hostId, everyMs)) % everyMs;
  return dueAt - Math.min(afterItsPlaceMs, Math.floor(everyMs / 8));
}

/** A poll that begins by then keeps the rhythm of its host. */
const longestPunctualMs = 5000;

/** What the last turn of a host must have been for that is due at this moment: an interval ahead at most. */
export function lastTurnToBeDue(at: number, everyMs: number, now: number): number {
  return Math.min(at - everyMs, now);
}

export function overdueMs(lastFor: number, everyMs: number, now: number): number {
  return Math.max(0, now - everyMs - lastFor);
}

/**
 * A host's own place in the interval. Each punctual turn brings it nearer, so that hosts which were found, or late,
 * together are not read together for ever.
 */
export function placeMs(hostId: HostId, everyMs: number): number {
  let hash = 0x811c9dc5;
  for (const character of hostId) {
    // FNV-1a
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % everyMs;
}
