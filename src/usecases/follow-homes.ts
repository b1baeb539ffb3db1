import { pictureOf } from '../domain/home.ts';
import type { Ports } from '../ports/ports.ts';
import { drawHome } from './draw-home.ts';
import { readOverview } from './read-overview.ts';

/** A home opened longer ago is not on a screen any more, as far as anybody knows. */
export const followedMs = 10 * 60_000;
const publishesEveryMs = 60_000;

/** Draws again every home that may be on a screen and shows something else by now, each once a minute. */
export async function followHomes(ports: Ports): Promise<void> {
  const { clock, homeTab, homes, log } = ports;
  const users = await homes.openedSince(clock() - followedMs);
  if (users.length === 0) return;
  const overview = await readOverview(ports);
  for (const user of users) {
    const home = await drawHome(ports, overview, user);
    const picture = pictureOf(home);
    if (!(await homes.takeTurn(user, picture, publishesEveryMs))) continue;
    const published = await homeTab.publish(user, home, clock());
    if (published.ok) await homes.shows(user, picture, followedMs);
    else log.warn({ user, why: published.why }, 'could not show a home');
  }
}
