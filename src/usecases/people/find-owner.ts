import { samePerson } from '../../domain/people/identity.ts';
import type { Purpose } from '../../domain/people/freshness.ts';
import type { Told, UserId } from '../../domain/people/person.ts';
import type { Name } from '../../domain/sessions/owner.ts';
import { ownerNames } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { identify } from './identify.ts';

type Needs = Pick<Ports, 'people' | 'policy'>;

/** Whose session it is: the one person of Slack whom its login and its exactly known Entra user stand for. */
export async function findOwner(
  ports: Needs,
  session: Session,
  purpose: Purpose = 'showing',
): Promise<Told<UserId | undefined>> {
  const told = await Promise.all(
    ownerNames(ports.policy, session).map(async (name) => personNamed(ports, name, purpose)),
  );
  const found = new Set<UserId>();
  for (const one of told) {
    if (!one.ok) return one;
    if (one.value !== undefined) found.add(one.value);
  }
  const [owner, ...others] = found;
  if (owner === undefined || others.length === 0) return { ok: true, value: owner };
  const known = await identify(ports, [...found]);
  const same = others.map((other) => samePerson(known, owner, other));
  if (same.includes('no')) return { ok: true, value: undefined };
  return same.includes('unknown') ? { ok: false } : { ok: true, value: owner };
}

async function personNamed(
  { people }: Needs,
  name: Name,
  purpose: Purpose,
): Promise<Told<UserId | undefined>> {
  return 'id' in name ? { ok: true, value: name.id } : people.byEmail(name.email, purpose);
}
