import type { Approvers } from '../../domain/people/access.ts';
import { approversBeside } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';

export async function approversFor(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  { id }: Person,
): Promise<Approvers> {
  const ids = await people.idsOf(id, 'showing');
  return approversBeside(policy.access, ids.ok ? ids.value : [id]);
}
