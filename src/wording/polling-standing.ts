import type { PollingStanding } from '../domain/hosts/polling-standing.ts';
import { counted } from './counted.ts';
import { duration } from './time.ts';

/** What is wrong with the polling of all hosts, for who runs the bot; undefined where nothing is. */
export function pollingProblem(standing: PollingStanding): string | undefined {
  switch (standing.is) {
    case 'on-time':
      return undefined;
    case 'behind': {
      const { lagMs, waiting } = standing;
      const wait = waiting === 1 ? 'waits for its turn' : 'wait for their turn';
      return `${duration(lagMs)} behind: ${counted(waiting, 'host')} ${wait}`;
    }
    case 'nobody-polls':
      return standing.since === undefined
        ? 'nobody has polled yet: no worker runs'
        : `nobody has polled since ${new Date(standing.since).toISOString()}: no worker runs`;
  }
}
