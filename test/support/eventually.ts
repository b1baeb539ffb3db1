import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is yes; fails with the question's own words after the deadline. */
export async function eventually(
  question: string,
  ask: () => boolean | Promise<boolean>,
  deadlineMs = 30_000,
  everyMs = 10,
): Promise<void> {
  const givesUpAt = performance.now() + deadlineMs;
  while (!(await ask())) {
    if (performance.now() >= givesUpAt) throw new Error(`not so after ${deadlineMs} ms: ${question}`);
    await pause(everyMs);
  }
}

/** The same at the pace of a person who types a command each time. */
export async function eventuallyTyped(
  question: string,
  ask: () => Promise<boolean>,
  deadlineMs = 30_000,
): Promise<void> {
  await eventually(question, ask, deadlineMs, 600);
}
