import type { Told, UserId } from '../../domain/people/person.ts';
import type { Name } from '../../domain/sessions/owner.ts';
import { ownerNames } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type Needs = Pick<Ports, 'people' | 'policy'>;

/** Whose session it is: the one person of Slack whom its login and its exactly known Entra user stand for. */
export async function findOwner(ports: Needs, session: Session): Promise<Told<UserId | undefined>> {
  const told = await Promise.all(
    ownerNames(ports.policy, session).map(async (name) => personNamed(ports, name)),
  );
  const found = new Set<UserId>();
  for (const one of told) {
    if (!one.ok) return one;
    if (one.value !== undefined) found.add(one.value);
  }
  const [owner, ...others] = found;
  return { ok: true, value: others.length === 0 ? owner : undefined };
}

async function personNamed({ people }: Needs, name: Name): Promise<Told<UserId | undefined>> {
  return 'id' in name ? { ok: true, value: name.id } : people.byEmail(name.email);
}
