import type { Urgency } from '../../src/domain/cards/urgency.ts';
import type { Turn } from '../../src/domain/cards/turn.ts';
import type { Lane, RateLimiter } from '../../src/ports/rate-limiter.ts';

interface Place extends Turn {
  readonly since: number;
}

interface Line {
  freeAt: number;
  /** Who stands here, the next one first. */
  waiting: readonly Place[];
}

const rank: Readonly<Record<Urgency, number>> = { decision: 0, worsening: 1, ending: 2, upkeep: 3 };
const patienceMs = 3000;

/** Slack's limits for all replicas that share this, without Redis. */
export function memoryRateLimiter(clock: () => number): RateLimiter {
  const lines = new Map<string, Line>();
  const everyMs = (lane: Lane) => (lane === 'looks' ? 240 : lane === 'edits' ? 1500 : 1000);
  const lineOf = (lane: Lane): Line => {
    const name = typeof lane === 'string' ? lane : lane.postsTo;
    const line = lines.get(name) ?? { freeAt: 0, waiting: [] };
    lines.set(name, line);
    return line;
  };
  return {
    take: async (lane, turn) => {
      const line = lineOf(lane);
      const now = clock();
      if (!line.waiting.some(({ card }) => card === turn.card)) {
        line.waiting = inOrder([...line.waiting, { ...turn, since: now }]);
      }
      const ahead = line.waiting.findIndex(({ card }) => card === turn.card);
      const waitMs = Math.max(0, line.freeAt - now);
      const isNext = ahead === 0 || now >= line.freeAt + patienceMs;
      if (waitMs > 0 || !isNext) {
        return waitMs + Math.max(1, turnsBefore(line.waiting.slice(0, ahead), turn) * everyMs(lane));
      }
      const left = line.waiting.slice(ahead + 1);
      line.waiting = inOrder(
        left.map((each) => (isOf(each, turn.of) ? { ...each, since: Math.max(each.since, now) } : each)),
      );
      line.freeAt = now + everyMs(lane);
      return 0;
    },
    close: async (lane, forMs) => {
      const line = lineOf(lane);
      line.freeAt = Math.max(line.freeAt, clock() + forMs);
    },
  };
}

function inOrder(places: readonly Place[]): readonly Place[] {
  return [...places].sort((a, b) => rank[a.urgency] - rank[b.urgency] || a.since - b.since);
}

function isOf({ of }: Turn, owner: string | undefined): boolean {
  return of !== undefined && of === owner;
}

/** Of each of the others, as many as go before what this one has here itself. */
function turnsBefore(ahead: readonly Place[], { urgency, of }: Turn): number {
  const own = ahead.filter((each) => isOf(each, of)).length;
  const others = new Map<string, number>();
  let turns = own;
  for (const each of ahead) {
    if (each.of === undefined || each.urgency !== urgency) turns += isOf(each, of) ? 0 : 1;
    else if (each.of !== of) others.set(each.of, (others.get(each.of) ?? 0) + 1);
  }
  for (const count of others.values()) turns += Math.min(count, own + 1);
  return turns;
}
