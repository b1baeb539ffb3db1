import { pictureOf } from '../../domain/home/picture.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { drawHome } from './draw-home.ts';
import { followedMs, publishHome } from './publish-home.ts';
import { readOverview } from './read-overview.ts';

type UsedPorts = Pick<Ports, 'clock' | 'homes'> &
  Needs<typeof drawHome> &
  Needs<typeof publishHome> &
  Needs<typeof readOverview>;

const publishesEveryMs = 60_000;

/** Draws again every home that may be on a screen and shows something else by now, each once a minute. */
export async function followHomes(ports: UsedPorts): Promise<void> {
  const { clock, homes } = ports;
  const users = await homes.openedSince(clock() - followedMs);
  if (users.length === 0) return;
  const overview = await readOverview(ports);
  for (const user of users) {
    const home = await drawHome(ports, overview, user);
    const isMyTurn = await homes.takeTurn(user, pictureOf(home), publishesEveryMs);
    if (isMyTurn) await publishHome(ports, user, home);
  }
}
