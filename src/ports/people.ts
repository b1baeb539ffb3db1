import type { Profile, Told, UserId } from '../domain/people/person.ts';

/** What Slack knows of people. What it cannot say is a value too: rights fail closed. */
export interface People {
  membersOf(groupId: string): Promise<Told<ReadonlySet<UserId>>>;
  person(id: UserId): Promise<Told<Profile>>;
  /** Undefined where nobody has this address. */
  byEmail(email: string): Promise<Told<UserId | undefined>>;
}
