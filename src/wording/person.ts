import { isGroup } from '../domain/people/access.ts';
import type { UserId } from '../domain/people/person.ts';
import type { Principal } from '../domain/policy/policy.ts';
import type { Word, Words } from './words.ts';
import { code, joined, words } from './words.ts';

export function person(user: UserId): Word {
  return { is: 'person', id: user };
}

const namedAtMost = 20;

/** For private notes only: in a channel it would call them all. */
export function principals(who: readonly Principal[]): Words {
  if (who.length === 0) return words`nobody`;
  const named = who.slice(0, namedAtMost).map(principal);
  const more = who.length - named.length;
  return joined(more > 0 ? [...named, words`${more} more`] : named, ', ');
}

function principal(who: Principal): Words {
  if (who === 'everyone') return words`everyone`;
  return isGroup(who) ? [{ is: 'group', id: who }] : [person(who)];
}

/** With the id, for Slack shows a group that is gone by no name. */
export function groupNames(groups: readonly string[]): Words {
  return joined(
    groups.slice(0, namedAtMost).map((group) => words`${code(group)}`),
    ', ',
  );
}
