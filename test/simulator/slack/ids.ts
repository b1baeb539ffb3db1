import { randomUUID } from 'node:crypto';

/** An id as Slack makes them, e.g. `V0A1B2C3D4E`. */
export function newId(kind: string): string {
  return `${kind}0${randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase()}`;
}

/** Message timestamps: seconds and microseconds, never the same twice. */
export function createTimestamps(clock: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, clock() * 1000);
    return `${String(Math.floor(last / 1_000_000))}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}
