import { describe, expect, it } from '@jest/globals';
import { startRounds, untilNextMs } from '../../src/jobs/rounds.ts';
import { setbacks } from '../../src/jobs/setbacks.ts';
import type { Log } from '../../src/ports/log.ts';
import { eventually } from '../support/eventually.ts';

function recordingLog() {
  const events: string[] = [];
  const note = (level: string) => (_: unknown, event: string) => void events.push(`${level}: ${event}`);
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  return { log, events };
}

describe('rounds', () => {
  it('begin at once and come again, each at its own pace', async () => {
    const counts = { quick: 0, slow: 0 };
    const count = (name: keyof typeof counts, everyMs: number) => ({
      name,
      everyMs,
      run: () => Promise.resolve(void (counts[name] += 1)),
    });
    const rounds = startRounds([count('quick', 1), count('slow', 60_000)], recordingLog().log);
    await eventually('the quick one came five times', () => counts.quick >= 5);
    expect(counts.slow).toBe(1);
    await rounds.stop(1000);
  });

  it('hear that they are to stop', async () => {
    const { events, log } = recordingLog();
    let isStopped = false;
    const run = async (stopping: AbortSignal) => {
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      isStopped = true;
    };
    const rounds = startRounds([{ name: 'patient', everyMs: 1, run }], log);
    await rounds.stop(60_000);
    expect([isStopped, events]).toEqual([true, []]);
  });

  it('never overtake themselves', async () => {
    let running = 0;
    let most = 0;
    let others = 0;
    const slow = async () => {
      most = Math.max(most, ++running);
      const before = others;
      await eventually('the other one came ten times', () => others >= before + 10);
      running -= 1;
    };
    const quick = () => Promise.resolve(void (others += 1));
    const all = [
      { name: 'slow', everyMs: 1, run: slow },
      { name: 'quick', everyMs: 1, run: quick },
    ];
    const rounds = startRounds(all, recordingLog().log);
    await eventually('they came for a while', () => others >= 40);
    await rounds.stop(10_000);
    expect(most).toBe(1);
  });

  it('go on after a failure, which is an error once and not at every turn', async () => {
    const { log, events } = recordingLog();
    let times = 0;
    const run = () => (++times <= 3 ? Promise.reject(new Error('down')) : Promise.resolve());
    const rounds = startRounds([{ name: 'sweep', everyMs: 1, run }], log);
    await eventually('it works again', () => events.includes('info: round works again'));
    await rounds.stop(1000);
    expect(events).toEqual([
      'error: round failed',
      'debug: round failed',
      'debug: round failed',
      'info: round works again',
    ]);
  });

  it('are named while they fail, and no longer once they work', async () => {
    const account = setbacks(Date.now);
    let times = 0;
    const named: string[] = [];
    const run = () => {
      named.push(...account.standing().map(({ what, times: inARow }) => `${what} ${inARow}`));
      return ++times <= 2 ? Promise.reject(new Error('down')) : Promise.resolve();
    };
    const rounds = startRounds([{ name: 'sweep', everyMs: 1, run }], recordingLog().log, account);
    await eventually('it works again', () => times > 3 && account.standing().length === 0);
    await rounds.stop(1000);
    expect(named).toEqual(['round sweep 1', 'round sweep 2']);
    expect([...account.totals()]).toEqual([['round sweep', 2]]);
  });

  it('let the running one end before they stop', async () => {
    const { log } = recordingLog();
    const { promise, resolve } = withResolvers();
    let isDone = false;
    const run = async () => {
      await promise;
      isDone = true;
    };
    const rounds = startRounds([{ name: 'slow', everyMs: 60_000, run }], log);
    const stopped = rounds.stop(10_000);
    resolve();
    await stopped;
    expect(isDone).toBe(true);
  });

  it('stop at their deadline when one never ends', async () => {
    const { log, events } = recordingLog();
    const never = () => new Promise<void>(() => undefined);
    const rounds = startRounds([{ name: 'hanging', everyMs: 1, run: never }], log);
    await rounds.stop(20);
    expect(events).toEqual(['warn: rounds did not stop in time']);
  });
});

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

describe('the pause between two rounds', () => {
  it('is short after a setback, and doubles up to the usual one', () => {
    const waits = [0, 1, 2, 3, 7, 20].map((setbacks) => untilNextMs(300_000, setbacks));
    expect(waits).toEqual([300_000, 5000, 10_000, 20_000, 300_000, 300_000]);
  });
});
