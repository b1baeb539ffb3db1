import type { AccessDenied } from '../domain/people/access.ts';
import type { Principal, Right } from '../domain/policy/policy.ts';
import { groupNames, principals } from './person.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

/** Without a word about any session; `deed` is what was asked for, where it is not what the right is called. */
export function accessDenied(denied: AccessDenied, deed = deedOf(denied.right)): readonly Words[] {
  const { right, who } = denied;
  const rule = words`You may not ${deed}. ${allowedTo(right, who)}`;
  const because = whyDenied(denied);
  const gone = goneGroups(denied);
  return [rule, ...(because ? [because] : []), ...(gone ? [gone] : [])];
}

function goneGroups({ goneGroups: groups = [] }: AccessDenied): Words | undefined {
  if (groups.length === 0) return undefined;
  const which =
    groups.length === 1
      ? words`The user group ${groupNames(groups)} among them is disabled or deleted in Slack, so it names nobody.`
      : words`The user groups ${groupNames(groups)} among them are disabled or deleted in Slack, so they name nobody.`;
  return words`${which} Whoever looks after the policy can name another, or enable it again.`;
}

function whyDenied({ because, missingScope }: AccessDenied): Words | undefined {
  switch (because) {
    case 'not-named':
      return undefined;
    case 'guest':
      return words`You are a guest here: a group or “everyone” does not mean guests, only a user id in the policy does.`;
    case 'elsewhere':
      return words`You belong to another workspace: a group or “everyone” does not mean you, only a user id in the policy does.`;
    case 'bot':
      return words`Slack says that this is the account of an app: a group or “everyone” does not mean apps, only a user id in the policy does.`;
    case 'deactivated':
      return words`Slack says that your account is deactivated.`;
    case 'unsure':
      return missingScope === undefined
        ? words`Slack could not say just now who you are or who is in a group among them, and then the answer is no. Try again in a few minutes.`
        : words`Slack does not tell the bot who that is, and then the answer is no: its Slack app lacks the scope ${code(missingScope)}. Whoever looks after the bot can add it and install the app again.`;
  }
}

export function allowedTo(right: Right, who: readonly Principal[]): Words {
  return words`The policy allows ${code(right)} to ${principals(who)}.`;
}

function deedOf(right: Right): string {
  switch (right) {
    case 'view':
      return 'see sessions';
    case 'disconnect':
      return 'ask for a session to be ended';
    case 'approve':
      return 'approve or deny the end of a session';
  }
}
