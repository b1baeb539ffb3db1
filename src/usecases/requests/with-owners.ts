import type { Principal } from '../../domain/policy/policy.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { Reviewer } from '../../domain/requests/second.ts';
import { nobodyElse } from '../../domain/requests/second.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { Ports } from '../../ports/ports.ts';
import { identify } from '../people/identify.ts';
import type { Owned, Reviewing } from './as-owned.ts';
import { asOwned } from './as-owned.ts';

type UsedPorts = Pick<Ports, 'people' | 'policy' | 'hostStates'>;

export interface Deciding extends Reviewing {
  readonly via?: Principal;
}

/** The requests with the owners of their sessions as they are known now, and who decides; what is settled stays as it is. */
export async function withOwners(
  ports: UsedPorts,
  requests: readonly DisconnectRequest[],
  { by, via, purpose }: Deciding,
): Promise<{ readonly requests: readonly DisconnectRequest[]; readonly reviewer: Reviewer }> {
  const all = await Promise.all(
    requests.map(async (stored): Promise<Owned> =>
      isPending(stored) ? asOwned(ports, stored, { by, purpose }) : { request: stored, mayOwn: nobodyElse },
    ),
  );
  const owned = all.map(({ request }) => request);
  const named = owned.flatMap(({ requester, owner, state }) => [
    requester,
    owner,
    'by' in state ? state.by : undefined,
  ]);
  const known = await identify(ports, [by, ...named]);
  const mayOwn = {
    possible: new Set(all.flatMap(({ mayOwn: { possible } }) => [...possible])),
    unknown: new Set(all.flatMap(({ mayOwn: { unknown } }) => [...unknown])),
  };
  return { requests: owned, reviewer: { id: by, known, mayOwn, ...(via !== undefined && { via }) } };
}
