import type { Told, UserId } from '../../domain/people/person.ts';
import { addressOf, mappingFor } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

/** Whose session it is, where the policy maps its VM login to somebody Slack knows. */
export async function findOwner(
  { people, policy }: Pick<Ports, 'people' | 'policy'>,
  session: Session,
): Promise<Told<UserId | undefined>> {
  const mapping = mappingFor(policy, session);
  if (mapping?.slack !== undefined) return { ok: true, value: mapping.slack };
  const address = mapping && addressOf(mapping, session);
  return address === undefined ? { ok: true, value: undefined } : people.byEmail(address);
}
