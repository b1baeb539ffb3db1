import type { AuditEntry } from './entry.ts';

/** Refusals of one kind by one person within so long are two entries: the first, and one that counts the others. */
export const refusalsCountForMs = 60_000;

/** The same for every refusal that tells nothing new. */
export function refusalKind({ by, what, why }: AuditEntry): string {
  return JSON.stringify(why === undefined ? [by, what] : [by, what, why]);
}

/** Whether a refusal at this moment is counted with the first one; the clock may have been put back since. */
export function isCountedWith(firstUntil: number, at: number): boolean {
  return at < firstUntil && firstUntil - at <= 2 * refusalsCountForMs;
}

/** The entry for those after the first; `last` is the last of them that names a session, if any does. */
export function sumOfRefusals(last: AuditEntry, count: number, now: number): AuditEntry {
  return { ...last, at: now, count };
}
