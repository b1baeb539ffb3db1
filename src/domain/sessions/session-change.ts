import type { Session } from './session.ts';
import { derivedStartToleranceMs, machineOf, sameStart } from './session.ts';

export type SessionChange = 'other-start' | 'other-machine' | 'other-login';

/** What differs between the session that was approved and the one that bears its id now; undefined when it is the same. */
export function changeSince(approved: Session, seen: Session): SessionChange | undefined {
  if (!sameStart(approved, seen) || isLater(seen, approved)) return 'other-start';
  if (machineOf(approved) !== machineOf(seen)) return 'other-machine';
  if (approved.vmLogin !== seen.vmLogin) return 'other-login';
  return undefined;
}

/** A start taken from a reading says that the session had begun by then: what began later is another one. */
function isLater(seen: Session, approved: Session): boolean {
  if (approved.startedAtFrom !== 'reading' || seen.startedAtFrom === 'reading') return false;
  return seen.startedAt - approved.startedAt > derivedStartToleranceMs;
}
