import { setTimeout } from 'node:timers';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';

const quietMs = 1000;
const patienceMs = 5000;

/** Resolves once nothing has happened in Slack for a moment; what `act` leads to is given a while to begin. */
export async function settled(slack: SlackSimulator, act: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  const quiet = new Promise<void>((resolve) => {
    const waitFor = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(resolve, ms);
    };
    waitFor(patienceMs);
    unsubscribe = slack.changes.subscribe(() => waitFor(quietMs));
  });
  try {
    await act();
    await quiet;
  } finally {
    unsubscribe();
    clearTimeout(timer);
  }
}
