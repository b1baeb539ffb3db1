import { auditOfAccessRefusal } from '../../domain/audit/refusals.ts';
import type { AuditedSubject } from '../../domain/audit/about.ts';
import type { AccessDecision } from '../../domain/people/access.ts';
import { decideAccess, groupsIn, namedId } from '../../domain/people/access.ts';
import type { Purpose } from '../../domain/people/freshness.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Right } from '../../domain/policy/policy.ts';
import type { Ports } from '../../ports/ports.ts';
import { noteRefusal } from './note-refusal.ts';

type UsedPorts = Pick<Ports, 'audit' | 'clock' | 'log' | 'people' | 'policy'>;

/** To look is no decision; each of the others changes something for somebody. */
const purposeOf: Readonly<Record<Right, Purpose>> = {
  view: 'showing',
  disconnect: 'deciding',
  approve: 'deciding',
};

/** Whether this person has the right at this moment; a refusal is put on record, with what it was about. */
export async function authorize(
  { audit, clock, log, people, policy }: UsedPorts,
  person: Person,
  { right, about }: { readonly right: Right; readonly about?: AuditedSubject | undefined },
): Promise<AccessDecision> {
  const decision = await checkAccess({ people, policy }, person, { right, purpose: purposeOf[right] });
  if (decision.allowed) return decision;
  await noteRefusal({ audit, log, people }, auditOfAccessRefusal(person, decision, { now: clock(), about }));
  return decision;
}

/** The same without a record: for what to offer, not for what to do. */
export async function checkAccess(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  { id }: Person,
  { right, purpose = 'showing' }: { readonly right: Right; readonly purpose?: Purpose | undefined },
): Promise<AccessDecision> {
  const { access } = policy;
  const named = namedId(access, right, [id]);
  if (named !== undefined) return { allowed: true, via: named };
  const [ids, profile, ...membership] = await Promise.all([
    people.idsOf(id, purpose),
    people.person(id, purpose),
    ...groupsIn(access, right).map(async (group) => [group, await people.membersOf(group, purpose)] as const),
  ]);
  return decideAccess(access, right, { id, ids, profile, membership: new Map(membership) });
}
