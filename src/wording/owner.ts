import type { KnownOwner } from '../domain/sessions/owner.ts';
import { person } from './person.ts';
import type { Fact, Words } from './words.ts';
import { words } from './words.ts';

export function ownerFact(owner: KnownOwner): Fact {
  switch (owner.is) {
    case 'one':
      return ['Session of', words`${person(owner.id)}`];
    case 'not-named':
      return ['Owner', words`nobody that Slack could name by what the policy and the audit log tell`];
    case 'shared':
      return ['Owner', words`nobody: a shared login`];
    case 'nobody':
      return ['Owner', words`nobody that the policy knows`];
  }
}

export function ownerPhrase(owner: KnownOwner): Words {
  switch (owner.is) {
    case 'one':
      return words`session of ${person(owner.id)}`;
    case 'shared':
      return words`a shared login without an owner`;
    case 'not-named':
    case 'nobody':
      return words`no owner known`;
  }
}
