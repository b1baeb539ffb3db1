import type { Home } from '../../domain/home/home.ts';
import { pictureOf } from '../../domain/home/picture.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<Ports, 'clock' | 'homeTab' | 'homes' | 'log'>;

/** A home opened longer ago is not on a screen any more, as far as anybody knows. */
export const followedMs = 10 * 60_000;

/** Puts the home there and notes what it shows; one that Slack does not take is drawn again at its next turn. */
export async function publishHome(
  { clock, homeTab, homes, log }: UsedPorts,
  user: UserId,
  home: Home,
): Promise<void> {
  const published = await homeTab.publish(user, home, clock());
  if (published.ok) await homes.shows(user, pictureOf(home), followedMs);
  else log.warn({ user, why: published.why }, 'could not show a home');
}
