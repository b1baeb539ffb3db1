import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../ports/log.ts';
import { within } from './deadline.ts';
import type { Setbacks } from './setbacks.ts';
import { setbacks } from './setbacks.ts';

export interface Round {
  readonly name: string;
  /** From start to start; a round that takes longer is followed at once, never overtaken. */
  readonly everyMs: number;
  /** `again`: it did not get all, and comes back before its time. A long run heeds the signal. */
  readonly run: (stopping: AbortSignal) => Promise<'again' | 'done' | void>;
}

export interface RunningRounds {
  stop(deadlineMs: number): Promise<void>;
}

/** A failed round comes again; the first failure of a row is logged as an error. */
export function startRounds(
  rounds: readonly Round[],
  log: Log,
  account: Setbacks = setbacks(Date.now),
): RunningRounds {
  const stopping = new AbortController();
  // Each round listens twice at most; Node warns above ten listeners.
  setMaxListeners(2 * rounds.length, stopping.signal);
  const going = { log, account, signal: stopping.signal };
  const running = Promise.all(rounds.map(async (round) => goRound(round, going)));
  return {
    async stop(deadlineMs) {
      stopping.abort();
      try {
        await within(deadlineMs, running);
      } catch (error) {
        log.warn({ error }, 'rounds did not stop in time');
      }
    },
  };
}

const firstRetryMs = 5000;

/** Twice as long after each setback of a row, up to the usual time. */
export function untilNextMs(everyMs: number, inVain: number): number {
  return inVain === 0 ? everyMs : Math.min(everyMs, firstRetryMs * 2 ** (inVain - 1));
}

function endsWithinMs(everyMs: number): number {
  return Math.max(2 * 60_000, 3 * everyMs);
}

interface Going {
  readonly log: Log;
  readonly account: Setbacks;
  readonly signal: AbortSignal;
}

async function goRound({ name, everyMs, run }: Round, { log, account, signal }: Going): Promise<void> {
  const what = `round ${name}`;
  let failures = 0;
  let inVain = 0;
  while (!signal.aborted) {
    const begunAt = performance.now();
    account.begun(what, endsWithinMs(everyMs));
    try {
      const outcome = await run(signal);
      account.worked(what);
      if (failures > 0) log.info({ round: name, failures }, 'round works again');
      failures = 0;
      inVain = outcome === 'again' ? inVain + 1 : 0;
    } catch (error) {
      failures += 1;
      inVain += 1;
      account.failed(what);
      log[failures === 1 ? 'error' : 'debug']({ round: name, failures, error }, 'round failed');
    }
    const restMs = untilNextMs(everyMs, inVain) - (performance.now() - begunAt);
    await pause(Math.max(0, restMs), undefined, { signal }).catch(() => undefined);
  }
}
