import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { showHome } from './show-home.ts';

/** Shows somebody their home, and has it followed for a while. */
export async function openHome(ports: Ports, user: UserId): Promise<void> {
  await ports.homes.opened(user, ports.clock());
  await showHome(ports, user);
}
