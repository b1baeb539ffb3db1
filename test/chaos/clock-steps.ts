import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';

const leastMs = 3 * 60_000;
const mostMs = 5 * 60_000;

/** The clock of one machine is wrong for a while, as after it was suspended: it steps by minutes, and steps back. */
export async function clockSteps(
  { replicas }: Stage,
  chance: Chance,
  where: 'ahead' | 'behind',
): Promise<void> {
  const clock = chance.oneOf(replicas.all)?.clock;
  const ms = chance.between(leastMs, mostMs);
  clock?.stepTo(where === 'ahead' ? ms : -ms);
  await chance.pause(2000, 5000);
  clock?.stepTo(0);
}
