import type { Identities } from '../../domain/people/identity.ts';
import { identitiesFrom } from '../../domain/people/identity.ts';
import type { Purpose } from '../../domain/people/freshness.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';

export async function identify(
  { people }: Pick<Ports, 'people'>,
  ids: readonly (UserId | undefined)[],
  purpose: Purpose = 'deciding',
): Promise<Identities> {
  const distinct = [...new Set(ids)].filter((id): id is UserId => id !== undefined);
  return identitiesFrom(
    await Promise.all(distinct.map(async (id) => [id, await people.idsOf(id, purpose)] as const)),
  );
}
