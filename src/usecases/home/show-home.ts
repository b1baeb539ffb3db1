import type { UserId } from '../../domain/people/person.ts';
import type { Needs } from '../needs.ts';
import { drawHome } from './draw-home.ts';
import { publishHome } from './publish-home.ts';
import { readOverview } from './read-overview.ts';

type UsedPorts = Needs<typeof drawHome> & Needs<typeof publishHome> & Needs<typeof readOverview>;

export async function showHome(ports: UsedPorts, user: UserId): Promise<void> {
  await publishHome(ports, user, await drawHome(ports, await readOverview(ports), user));
}
