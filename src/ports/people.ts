import type { Purpose } from '../domain/people/freshness.ts';
import type { Profile, Lookup, UserId } from '../domain/people/person.ts';

/** What Slack knows of people. What it cannot say is a value too: rights fail closed. */
export interface People {
  membersOf(groupId: string, purpose: Purpose): Promise<Lookup<ReadonlySet<UserId>>>;
  person(id: UserId, purpose: Purpose): Promise<Lookup<Profile>>;
  byEmail(email: string, purpose: Purpose): Promise<Lookup<UserId | undefined>>;
  /** Every id of this person, this one among them; one alone outside of an Enterprise Grid, where nothing is asked. */
  idsOf(id: UserId, purpose: Purpose): Promise<Lookup<readonly UserId[]>>;
}

export interface KeptPeople {
  forgetGroup(groupId: string): Promise<void>;
  forgetPerson(person: { readonly ids: readonly UserId[]; readonly email?: string }): Promise<void>;
}
