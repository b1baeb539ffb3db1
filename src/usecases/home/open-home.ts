import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { showHome } from './show-home.ts';

type UsedPorts = Pick<Ports, 'clock' | 'homes'> & Needs<typeof showHome>;

export async function openHome(ports: UsedPorts, user: UserId): Promise<void> {
  await ports.homes.opened(user, ports.clock());
  await showHome(ports, user);
}
