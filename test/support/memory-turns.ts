import type { HostId } from '../../src/domain/hosts/host.ts';
import { isDue, lastTurnToBeDue, overdueMs, turnTaken } from '../../src/domain/hosts/turns.ts';
import type { Turns } from '../../src/ports/turns.ts';

/** The contract of the Redis store without Redis. */
export function memoryTurns(clock: () => number): Turns {
  const turns = new Map<HostId, number>();
  let lastTakenAt: number | undefined;

  const waiting = (everyMs: number, now: number) =>
    [...turns]
      .filter(([, lastFor]) => isDue(lastFor, everyMs, now))
      .sort(([, one], [, other]) => one - other);

  return {
    due: async (everyMs, atMost) =>
      waiting(everyMs, clock())
        .slice(0, atMost)
        .map(([hostId]) => hostId),
    take: async (hostId, everyMs) => {
      const now = clock();
      const after = turnTaken({ hostId, lastFor: turns.get(hostId), everyMs }, now);
      if (after === undefined) return false;
      turns.delete(hostId);
      turns.set(hostId, after);
      lastTakenAt = now;
      return true;
    },
    match: async (hostIds, everyMs) => {
      const now = clock();
      for (const id of hostIds) if (!turns.has(id)) turns.set(id, lastTurnToBeDue(now, everyMs, now));
      for (const id of turns.keys()) if (!hostIds.includes(id)) turns.delete(id);
    },
    dueAt: async (hostId, at, everyMs) => {
      if (turns.has(hostId)) turns.set(hostId, lastTurnToBeDue(at, everyMs, clock()));
    },
    standing: async (everyMs) => {
      const at = clock();
      return {
        at,
        lagMs: Math.max(0, ...[...turns.values()].map((lastFor) => overdueMs(lastFor, everyMs, at))),
        waiting: waiting(everyMs, at).length,
        ...(lastTakenAt !== undefined && { lastTakenAt }),
      };
    },
  };
}
