import { renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformFile } from '@swc/core';

/** The clock of one machine, through all lives of the process on it; every other clock is right. */
export interface SteppingClock {
  /** What a process needs to go by it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts it so far ahead of the right time, or behind it. */
  stepTo(offsetMs: number): void;
  readonly steps: readonly ClockStep[];
  stop(): Promise<void>;
}

export interface ClockStep {
  /** By the right time. */
  readonly at: number;
  readonly offsetMs: number;
}

export async function steppingClock(): Promise<SteppingClock> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-clock-'));
  const file = join(dir, 'offset');
  const steps: ClockStep[] = [];
  // The shipped process runs without anything that reads types.
  const { code } = await transformFile(join(import.meta.dirname, 'clock-of-its-own.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    swcrc: false,
  });
  const preload = join(dir, 'clock.mjs');
  await writeFile(preload, code);
  const stepTo = (offsetMs: number) => {
    // Never half written for who reads it meanwhile.
    writeFileSync(`${file}.next`, String(offsetMs));
    renameSync(`${file}.next`, file);
    steps.push({ at: Date.now(), offsetMs });
  };
  stepTo(0);
  return {
    environment: { NODE_OPTIONS: `--import ${pathToFileURL(preload).href}` },
    stepTo,
    steps,
    stop: async () => rm(dir, { recursive: true, force: true }),
  };
}

/** On a busy machine a process may look at its clock so late. */
const seenWithinMs = 5000;

/** How far ahead of each other these clocks may have been from one moment to another. */
export function furthestApartMs(
  clocks: readonly Pick<SteppingClock, 'steps'>[],
  from: number,
  to: number,
): number {
  const offsets = clocks.flatMap(({ steps }) =>
    steps.flatMap(({ at, offsetMs }, index) => {
      const until = (steps[index + 1]?.at ?? Number.POSITIVE_INFINITY) + seenWithinMs;
      return at <= to && until >= from ? [offsetMs] : [];
    }),
  );
  return Math.max(...offsets) - Math.min(...offsets);
}

/** How far ahead of the right time any of them has ever been. */
export function furthestAheadMs(clocks: readonly SteppingClock[]): number {
  return Math.max(0, ...clocks.flatMap(({ steps }) => steps.map(({ offsetMs }) => offsetMs)));
}
