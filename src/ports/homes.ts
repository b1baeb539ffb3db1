import type { UserId } from '../domain/people/person.ts';

/** App Homes that may be on somebody's screen, over all replicas. */
export interface Homes {
  /** Somebody opened theirs at this moment: it is followed from now on, and what it shows is about to change. */
  opened(user: UserId, at: number): Promise<void>;
  openedSince(since: number): Promise<readonly UserId[]>;
  /** True where the home shows another picture than this one, and for one caller in `forMs`. */
  takeTurn(user: UserId, picture: string, forMs: number): Promise<boolean>;
  shows(user: UserId, picture: string, forMs: number): Promise<void>;
}
