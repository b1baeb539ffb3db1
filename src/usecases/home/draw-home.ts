import type { Home, Overview } from '../../domain/home/home.ts';
import { homeOf, namedIn } from '../../domain/home/home.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { checkAccess } from '../people/authorize.ts';
import { identify } from '../people/identify.ts';

type UsedPorts = Pick<Ports, 'clock' | 'people' | 'policy'> &
  Needs<typeof checkAccess> &
  Needs<typeof identify>;

/** What this person's home shows now. Looking at it is no deed: what they may not see is left out, not put on record. */
export async function drawHome(ports: UsedPorts, overview: Overview, id: UserId): Promise<Home> {
  const { clock, people, policy } = ports;
  const [view, disconnect, approve, profile, known] = await Promise.all([
    checkAccess(ports, { id }, { right: 'view' }),
    checkAccess(ports, { id }, { right: 'disconnect' }),
    checkAccess(ports, { id }, { right: 'approve' }),
    people.person(id, 'showing'),
    identify(ports, [id, ...namedIn(overview, policy)], 'showing'),
  ]);
  const email = profile.ok ? profile.value.email : undefined;
  const owner = {
    id,
    known,
    ...(email !== undefined && { email }),
    view,
    mayAsk: disconnect.allowed,
    mayApprove: approve.allowed,
  };
  return homeOf(overview, owner, { policy, now: clock() });
}
