import { pictureOf } from '../domain/home.ts';
import type { UserId } from '../domain/person.ts';
import type { Ports } from '../ports/ports.ts';
import { drawHome } from './draw-home.ts';
import { followedMs } from './follow-homes.ts';
import { readOverview } from './read-overview.ts';

/** Shows somebody their home, and has it followed for a while. */
export async function openHome(ports: Ports, user: UserId): Promise<void> {
  const { clock, homeTab, homes, log } = ports;
  const now = clock();
  await homes.opened(user, now);
  const home = await drawHome(ports, await readOverview(ports), user);
  const published = await homeTab.publish(user, home, now);
  if (published.ok) await homes.shows(user, pictureOf(home), followedMs);
  else log.warn({ user, why: published.why }, 'could not show a home');
}
