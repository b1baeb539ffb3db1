import type { KnownOwner } from '../../domain/sessions/owner.ts';
import { ownerStanding } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { findOwner } from './find-owner.ts';

export async function knowOwner(
  ports: Pick<Ports, 'people' | 'policy'>,
  session: Session,
): Promise<KnownOwner> {
  const standing = ownerStanding(ports.policy, session);
  if (standing === 'nobody') return { is: standing };
  const lookup = await findOwner(ports, session);
  if (lookup.ok && lookup.value !== undefined) return { is: 'one', id: lookup.value };
  return { is: standing === 'shared' ? 'shared' : 'not-named' };
}
