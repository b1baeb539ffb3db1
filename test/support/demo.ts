import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.ts';
import { descendantsOf, isRunning } from './processes.ts';

const root = resolve(import.meta.dirname, '../..');

/** The demo as somebody runs it, with a temporary folder of its own. */
export interface Demo {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly exited: Promise<number | null>;
  untilSays(words: string): Promise<void>;
  /** What it left behind of its temporary files. */
  leftFiles(): Promise<readonly string[]>;
  discard(): Promise<void>;
}

interface DemoStart {
  readonly typed?: readonly string[];
  /** A checkout in which it is built first; this one, which is built, unless given. */
  readonly unbuilt?: string;
}

export async function startDemo(
  args: readonly string[],
  { typed = [], unbuilt }: DemoStart = {},
): Promise<Demo> {
  const dir = await mkdtemp(join(tmpdir(), 'bb-demo-'));
  const { PATH, HOME, REDIS_SERVER_BIN } = process.env;
  const program = `test/demo/${unbuilt === undefined ? 'main' : 'build-and-run'}.ts`;
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: unbuilt ?? root,
    env: { PATH, HOME, TMPDIR: dir, ...(REDIS_SERVER_BIN && { REDIS_SERVER_BIN }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  child.stdin.end(typed.map((line) => `${line}\n`).join(''));
  return {
    process: child,
    output: () => output,
    exited: new Promise((settle) => child.once('close', settle)),
    untilSays: async (words) => eventually(`says ${words}`, () => output.includes(words), 60_000),
    leftFiles: async () => (await readdir(dir)).filter((name) => name.startsWith('bastion-bot')),
    discard: async () => {
      const all = [{ pid: child.pid ?? -1 }, ...descendantsOf(child.pid ?? -1)];
      for (const { pid } of all.filter(isRunning)) process.kill(pid, 'SIGKILL');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
