import type { Ports } from '../ports/ports.ts';

const atMost = 500;

/** Sets the worker on everything that is due: what makes every lost job harmless. */
export async function sweep({ clock, due, jobs }: Pick<Ports, 'clock' | 'due' | 'jobs'>): Promise<void> {
  const items = await due.by(clock(), atMost);
  if (items.length > 0) await jobs.enqueue(items);
}
