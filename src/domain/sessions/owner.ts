import { matchesGlob } from '../kit/glob.ts';
import type { PersonMapping, Policy } from '../policy/policy.ts';
import type { Session } from './session.ts';

/** Whether the policy says that this person is behind the login; `email` is theirs as Slack knows it. */
export function isMappedTo(
  policy: Policy,
  session: Session,
  { id, email }: { readonly id: string; readonly email?: string },
): boolean {
  const mapping = mappingFor(policy, session);
  if (mapping?.slack !== undefined) return mapping.slack === id;
  return email !== undefined && mapping !== undefined && addressOf(mapping, session) === email.toLowerCase();
}

/** The e-mail address that a mapping makes of a login, in lower case; undefined where it names a Slack user. */
export function addressOf({ email }: PersonMapping, { vmLogin }: Session): string | undefined {
  return email?.replaceAll('{login}', () => vmLogin).toLowerCase();
}

/** The first mapping whose login matches; a blank login is nobody's. */
export function mappingFor(policy: Policy, { vmLogin }: Session): PersonMapping | undefined {
  return vmLogin === '' ? undefined : policy.people.find((mapping) => matchesGlob(mapping.vmLogin, vmLogin));
}
