import type { AccessDenied } from '../people/access.ts';
import { nameOfAll } from '../people/identity.ts';
import type { Person, UserId } from '../people/person.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import type { ReviewRefusal } from '../requests/review.ts';
import type { ReviewVerb } from '../requests/second.ts';
import type { AuditedSubject } from './about.ts';
import type { AuditEntry } from './entry.ts';
import { auditedSession } from './entry.ts';

export function auditOfAccessRefusal(
  person: Person,
  denied: AccessDenied,
  { now, about = {} }: { readonly now: number; readonly about?: AuditedSubject | undefined },
): AuditEntry {
  return {
    at: now,
    by: person.id,
    what: `${denied.right}-refused`,
    why: denied.because,
    ...audited(about),
  };
}

export function auditOfFullQueue({ requester, session }: DisconnectRequest, now: number): AuditEntry {
  return {
    at: now,
    by: requester,
    what: 'disconnect-refused',
    why: 'too-many-open',
    session: auditedSession(session),
  };
}

export interface RefusedReview {
  readonly verb: ReviewVerb;
  readonly by: UserId;
  readonly because: ReviewRefusal;
}

export function auditOfReviewRefusal(
  { verb, by, because }: RefusedReview,
  about: AuditedSubject,
  now: number,
): AuditEntry {
  return { at: now, by, what: `${verb}-refused`, why: because, ...audited(about) };
}

export function auditOfHaste(person: Person, now: number): AuditEntry {
  return { at: now, by: person.id, what: 'command-refused', why: 'too-fast' };
}

function audited({ session, ...about }: AuditedSubject) {
  return { ...about, ...(session && { session: auditedSession(session) }) };
}

/** Refusals of one kind by one person within so long are two entries: the first, and one that counts the others. */
export const refusalsCountForMs = 60_000;

export function refusalKind({ by, ids = [], what, why }: AuditEntry): string {
  const who = nameOfAll([by, ...ids]);
  return JSON.stringify(why === undefined ? [who, what] : [who, what, why]);
}

/** Whether a refusal at this moment is counted with the first one; the clock may have been put back since. */
export function isCountedWith(firstUntil: number, at: number): boolean {
  return at < firstUntil && firstUntil - at <= 2 * refusalsCountForMs;
}

export function sumOfRefusals(last: AuditEntry, count: number, now: number): AuditEntry {
  return { ...last, at: now, count };
}
