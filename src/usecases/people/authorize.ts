import { auditOfAccessRefusal } from '../../domain/audit/entry.ts';
import type { AccessDecision } from '../../domain/people/access.ts';
import { decideAccess, groupsIn, isNamed } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Right } from '../../domain/policy/policy.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

/** Whether this person has the right at this moment; a refusal is put on record. */
export async function authorize(
  { audit, clock, log, people, policy }: Ports,
  person: Person,
  right: Right,
  session?: Session,
): Promise<AccessDecision> {
  const decision = await checkAccess({ people, policy }, person, right);
  if (decision.allowed) return decision;
  const entry = auditOfAccessRefusal(person, decision, clock(), session);
  await audit.append(entry);
  log.info({ ...entry }, 'refused');
  return decision;
}

/** The same without a record: for what to offer, not for what to do. */
export async function checkAccess(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  person: Person,
  right: Right,
): Promise<AccessDecision> {
  if (isNamed(policy.access, right, person.id)) return { allowed: true };
  const groups = groupsIn(policy.access, right);
  const [profile, ...membership] = await Promise.all([
    people.person(person.id),
    ...groups.map(async (group) => [group, await people.membersOf(group)] as const),
  ]);
  return decideAccess(policy.access, right, person.id, new Map(membership), profile);
}
