import type { Log } from '../../ports/log.ts';

/** Why a request is not served, and what it is answered with. */
export const refusalStatus = {
  'wrong-address': 404,
  'wrong-type': 415,
  'wrong-expectation': 417,
  unsigned: 401,
  'stale-time': 401,
  'bad-signature': 401,
  'no-payload': 400,
  'body-too-large': 413,
  'head-too-large': 431,
  malformed: 400,
  'not-in-turn': 400,
  'too-slow': 408,
  'cut-off': 400,
  'in-crumbs': 400,
  'crowded-out': 503,
} as const satisfies Readonly<Record<string, number>>;

export type Refusal = keyof typeof refusalStatus;

export interface Refusals {
  count(because: Refusal): void;
  tell(): void;
}

export interface RefusalsOptions {
  readonly log: Log;
  readonly onRefused?: ((because: Refusal) => void) | undefined;
  /** The log has at most one line in so long, which counts all since the one before. */
  readonly tellEveryMs: number;
}

/** Counts what is refused. Anybody can cause it at any rate, so nothing of a request is ever in the log. */
export function refusalCounts({ log, onRefused, tellEveryMs }: RefusalsOptions): Refusals {
  const untold = new Map<Refusal, number>();
  let nextLine: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(nextLine);
    nextLine = undefined;
    if (untold.size === 0) return;
    log.warn({ refused: Object.fromEntries(untold) }, 'refused requests that are not what Slack sends');
    untold.clear();
    nextLine = setTimeout(tell, tellEveryMs).unref();
  }

  return {
    tell,
    count: (because) => {
      onRefused?.(because);
      // What asks whether this port lives comes for ever, and is no news.
      if (because === 'wrong-address') return;
      untold.set(because, (untold.get(because) ?? 0) + 1);
      if (!nextLine) tell();
    },
  };
}
