import type { HostId } from './host.ts';

/** Each host's turn comes an interval after its last; a late one counts from its reading, so that none comes twice before the others once. */
export interface Turn {
  readonly hostId: HostId;
  readonly lastFor: number | undefined;
  readonly everyMs: number;
}

/** Also what lies `after` now: it was written before the clock was put back. */
export function dueTurns(everyMs: number, now: number): { readonly upTo: number; readonly after: number } {
  return { upTo: now - everyMs, after: now };
}

export function isDue(lastFor: number, everyMs: number, now: number): boolean {
  const { upTo, after } = dueTurns(everyMs, now);
  return lastFor <= upTo || lastFor > after;
}

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

export function lastTurnToBeDue(at: number, everyMs: number, now: number): number {
  return Math.min(at - everyMs, now);
}

export function overdueMs(lastFor: number, everyMs: number, now: number): number {
  return Math.max(0, now - everyMs - lastFor);
}

/** Each punctual turn brings a host nearer to it, so that hosts found together are not read together for ever. */
export function placeMs(hostId: HostId, everyMs: number): number {
  let hash = 0x811c9dc5;
  for (const character of hostId) {
    // FNV-1a
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % everyMs;
}
