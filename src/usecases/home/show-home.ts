import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import { drawHome } from './draw-home.ts';
import { publishHome } from './publish-home.ts';
import { readOverview } from './read-overview.ts';

/** Shows somebody their home as it is now. */
export async function showHome(ports: Ports, user: UserId): Promise<void> {
  await publishHome(ports, user, await drawHome(ports, await readOverview(ports), user));
}
