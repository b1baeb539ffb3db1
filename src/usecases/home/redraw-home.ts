import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { followedMs } from './publish-home.ts';
import { showHome } from './show-home.ts';

type UsedPorts = Pick<Ports, 'clock' | 'homes'> & Needs<typeof showHome>;

export async function redrawHome(ports: UsedPorts, user: UserId): Promise<void> {
  const followed = await ports.homes.openedSince(ports.clock() - followedMs);
  if (followed.includes(user)) await showHome(ports, user);
}
