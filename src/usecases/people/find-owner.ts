import { samePerson } from '../../domain/people/identity.ts';
import type { Purpose } from '../../domain/people/freshness.ts';
import type { Lookup, UserId } from '../../domain/people/person.ts';
import type { Name } from '../../domain/sessions/owner.ts';
import { idsAmong, mappedTo, ownerNames } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { identify } from './identify.ts';

type UsedPorts = Pick<Ports, 'people' | 'policy'>;

/** Whose session it is: the one person of Slack whom its login and its exactly known Entra user stand for. */
export async function findOwner(
  ports: UsedPorts,
  session: Session,
  purpose: Purpose = 'showing',
): Promise<Lookup<UserId | undefined>> {
  const mapped = mappedTo(ports.policy, session);
  const lookup = await Promise.all([
    ...(mapped.is === 'shared' ? [personOfAll(ports, mapped.names, purpose)] : []),
    ...ownerNames(ports.policy, session).map(async (name) => personNamed(ports, name, purpose)),
  ]);
  const found: UserId[] = [];
  for (const one of lookup) {
    if (!one.ok) return one;
    if (one.value !== undefined) found.push(one.value);
  }
  return onePerson(ports, found, purpose);
}

async function personOfAll(
  ports: UsedPorts,
  names: readonly Name[],
  purpose: Purpose,
): Promise<Lookup<UserId | undefined>> {
  // Ids first: two people among them are two, whatever Slack says of addresses.
  const ids = idsAmong(names);
  const byIds = await onePerson(ports, ids, purpose);
  if (!byIds.ok || (byIds.value === undefined && ids.length > 0)) return byIds;
  const found: UserId[] = [];
  for (const one of await Promise.all(names.map(async (name) => personNamed(ports, name, purpose)))) {
    if (!one.ok || one.value === undefined) return one;
    found.push(one.value);
  }
  return onePerson(ports, found, purpose);
}

/** Who has all of these ids; nobody where they are those of several. */
async function onePerson(
  ports: UsedPorts,
  ids: readonly UserId[],
  purpose: Purpose,
): Promise<Lookup<UserId | undefined>> {
  const [first, ...others] = new Set(ids);
  if (first === undefined || others.length === 0) return { ok: true, value: first };
  const known = await identify(ports, [first, ...others], purpose);
  const same = others.map((other) => samePerson(known, first, other));
  if (same.includes('no')) return { ok: true, value: undefined };
  return same.includes('unknown') ? { ok: false } : { ok: true, value: first };
}

async function personNamed(
  { people }: UsedPorts,
  name: Name,
  purpose: Purpose,
): Promise<Lookup<UserId | undefined>> {
  return 'id' in name ? { ok: true, value: name.id } : people.byEmail(name.email, purpose);
}
