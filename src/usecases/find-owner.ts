import type { UserId } from '../domain/person.ts';
import { addressOf, mappingFor } from '../domain/policy.ts';
import type { Session } from '../domain/session.ts';
import type { Ports } from '../ports/ports.ts';

/** Whose session it is, where the policy maps its VM login to somebody Slack knows. */
export async function findOwner(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  session: Session,
): Promise<UserId | undefined> {
  const mapping = mappingFor(policy, session);
  if (mapping?.slack !== undefined) return mapping.slack;
  const address = mapping && addressOf(mapping, session);
  if (address === undefined) return undefined;
  const told = await people.byEmail(address);
  return told.ok ? told.value : undefined;
}
