import type { PollingStanding } from '../domain/hosts/polling-standing.ts';
import { counted } from './counted.ts';
import { ago, at, duration } from './time.ts';
import type { Words } from './words.ts';
import { bold, words } from './words.ts';

/** The same for people who look at sessions, as whole sentences that come before all others. */
export function pollingLines(standing: PollingStanding): readonly Words[] {
  switch (standing.is) {
    case 'on-time':
      return [];
    case 'behind':
      return [words`The bot is behind with reading: ${pollingProblem(standing) ?? ''}.`];
    case 'nobody-polls':
      return [
        standing.since === undefined
          ? bold(words`Nobody reads the hosts: no worker of the bot runs.`)
          : bold(
              words`Nobody has read the hosts by itself since ${at(standing.since)}, ${ago(standing.since)}: no worker of the bot runs.`,
            ),
        words`What follows may be over by now. Refresh reads every host; alerts wait for the worker.`,
      ];
  }
}

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
