import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { drawHome } from './draw-home.ts';
import { publishHome } from './publish-home.ts';
import { readOverview } from './read-overview.ts';

/** Shows somebody their home, and has it followed for a while. */
export async function openHome(ports: Ports, user: UserId): Promise<void> {
  await ports.homes.opened(user, ports.clock());
  await publishHome(ports, user, await drawHome(ports, await readOverview(ports), user));
}
