import { isDue, lastTurnToBeDue, turnTaken } from '../../../src/domain/hosts/turns.ts';
import { noon } from '../../support/build.ts';

export interface Begun {
  readonly host: string;
  /** By a clock that nobody puts back. */
  readonly at: number;
  readonly endedAt: number;
}

interface Polling {
  readonly hosts: number;
  readonly everyMs: number;
  readonly atOnce: number;
  /** How long the read of this number takes. */
  readonly readMs: (times: number) => number;
}

const tickMs = 1000;

/** A worker and its queue, in which a host waits or is read once, asked each second for those that are due. */
export function simulatedPolling({ hosts, everyMs, atOnce, readMs }: Polling) {
  let time = noon;
  let aheadMs = 0;
  let nextTick = noon;
  const clock = () => time + aheadMs;
  const turns = new Map(
    Array.from({ length: hosts }, (_, index) => [`/hosts/${index}`, lastTurnToBeDue(noon, everyMs, noon)]),
  );
  const queue: string[] = [];
  const inHand = new Map<string, number>();
  const begun: Begun[] = [];

  const ask = () => {
    const due = [...turns].filter(([, lastFor]) => isDue(lastFor, everyMs, clock()));
    for (const [host] of due.sort(([, one], [, other]) => one - other)) {
      if (!queue.includes(host) && !inHand.has(host)) queue.push(host);
    }
  };
  const begin = () => {
    let microseconds = 0;
    while (inHand.size < atOnce) {
      const host = queue.shift();
      if (host === undefined) return;
      const after = turnTaken(
        { hostId: host, lastFor: turns.get(host), everyMs },
        clock() + microseconds / 1000,
      );
      if (after === undefined) continue;
      microseconds += 1;
      turns.set(host, after);
      const endedAt = time + readMs(begun.length);
      inHand.set(host, endedAt);
      begun.push({ host, at: time, endedAt });
    }
  };

  return {
    begun,
    /** Puts the clock forward, or back. */
    jump: (ms: number) => (aheadMs += ms),
    run: (ms: number) => {
      const until = time + ms;
      for (;;) {
        time = Math.min(nextTick, ...inHand.values());
        if (time > until) break;
        for (const [host, endedAt] of inHand) if (endedAt <= time) inHand.delete(host);
        if (time === nextTick) {
          ask();
          nextTick += tickMs;
        }
        begin();
      }
      time = until;
    },
  };
}
