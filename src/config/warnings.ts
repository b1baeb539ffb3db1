import { allGroups } from '../domain/people/access.ts';
import { decidingAge } from '../domain/people/freshness.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { SharedLogin } from '../domain/sessions/shared-logins.ts';
import { sharedLogins } from '../domain/sessions/shared-logins.ts';

export function warningsOf({ access, disconnect, rules, people }: Policy): readonly string[] {
  const warnings: string[] = [];
  const isNobody = (who: readonly string[]) => who.length === 0;
  if (isNobody(access.view)) warnings.push('access.view is empty: nobody sees a session');
  if (isNobody(access.disconnect)) {
    const deeds = disconnect.approval === 'off' ? '' : 'ask to end a session, or ';
    warnings.push(`access.disconnect is empty: nobody can ${deeds}acknowledge or snooze an alert`);
  }
  const groups = allGroups(access).length;
  const { membersMs } = decidingAge(groups);
  if (membersMs > decidingAge(1).membersMs) {
    warnings.push(
      `access names ${groups} user groups: Slack tells members so rarely that a decision may rest on what it said ${Math.round(membersMs / 1000)} s before, instead of 10`,
    );
  }
  if (disconnect.approval === 'none') {
    warnings.push('disconnect.approval is none: sessions are ended without a second person');
  }
  if (disconnect.approval === 'required') warnings.push(...approvalWarnings(access));
  if (rules.length === 0) warnings.push('rules is empty: no session is ever alerted on');
  const catchAll = rules.findIndex(({ match }) => Object.values(match).every((pattern) => pattern === '*'));
  for (const rule of catchAll < 0 ? [] : rules.slice(catchAll + 1)) {
    warnings.push(
      `rule ${rule.name} is never used: ${rules[catchAll]?.name} before it matches every session`,
    );
  }
  return [...warnings, ...sharedLogins(people).map(sharedWarning)];
}

function sharedWarning({ vmLogins, names }: SharedLogin): string {
  const [login, ...others] = vmLogins;
  const who = names.map((name) => ('id' in name ? name.id : name.email)).join(', ');
  const means =
    'it has no owner unless Slack knows all of them as one person, and none of them approves its end';
  return others.length === 0
    ? `people: ${login} is a shared login (${who}): ${means}`
    : `people: ${vmLogins.join(' and ')} may be one login (${who}): where a session fits several of them, ${means}`;
}

function approvalWarnings({ approve, disconnect }: Policy['access']): readonly string[] {
  if (approve.length === 0) return ['access.approve is empty: no request can be approved'];
  if (approve.includes('everyone')) {
    return ['access.approve includes everyone: anybody but the requester can approve'];
  }
  const [only] = approve;
  const isOnePerson = new Set(approve).size === 1 && only !== undefined && !only.startsWith('S');
  return isOnePerson && (disconnect.includes(only) || disconnect.includes('everyone'))
    ? [`${only} is the only approver: what they ask for themselves cannot be approved`]
    : [];
}
