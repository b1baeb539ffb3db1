import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is yes; fails with the question's own words after the deadline. */
export async function eventually(
  question: string,
  ask: () => boolean | Promise<boolean>,
  deadlineMs = 30_000,
): Promise<void> {
  const givesUpAt = performance.now() + deadlineMs;
  while (!(await ask())) {
    if (performance.now() >= givesUpAt) throw new Error(`not so after ${deadlineMs} ms: ${question}`);
    await pause(10);
  }
}
