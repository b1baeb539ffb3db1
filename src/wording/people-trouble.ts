import type { PeopleTrouble } from '../domain/people/troubles.ts';

export function peopleTrouble(trouble: PeopleTrouble): string {
  switch (trouble.is) {
    case 'group-gone':
      return `the user group ${trouble.group} that the policy names is disabled or deleted in Slack: it names nobody`;
    case 'group-empty':
      return `the user group ${trouble.group} that the policy names has no members`;
    case 'one-approver':
      return `${trouble.ids.join(' and ')} are one person, and the only approver: what they ask for themselves cannot be approved`;
    case 'scope-missing':
      return trouble.for === 'grid'
        ? `the Slack app lacks the scope ${trouble.scope}: in an Enterprise Grid it is required, for people have two ids`
        : `the Slack app lacks the scope ${trouble.scope}: the user groups that the policy names mean nobody`;
  }
}
