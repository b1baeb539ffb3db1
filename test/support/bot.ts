import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';

const program = resolve(import.meta.dirname, '../../dist/main.js');

export interface BotOptions {
  /** Added to a bare environment: nothing of the caller's is inherited but what Node needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The policy file: YAML text, or what becomes YAML. Without it, `CONFIG_FILE` is the caller's. */
  readonly policy?: unknown;
  /** What to start, in the checkout that it is about; the program that is built unless given. */
  readonly command?: { readonly of: readonly [program: string, ...args: string[]]; readonly in: string };
  /** Out of reach of Ctrl-C on the terminal: then only its starter stops it. */
  readonly ownGroup?: boolean;
}

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The shipped process, started with environment variables only. */
export interface Bot {
  readonly pid: number;
  /** Where Slack's requests go; known once it is ready. */
  readonly url: string;
  readonly adminUrl: string;
  readonly log: readonly LogLine[];
  /** Everything printed that is no log line. */
  readonly output: () => string;
  /** The first log line, past or future, that fits. */
  waitForLog(fits: (line: LogLine) => boolean, withinMs?: number): Promise<LogLine>;
  readonly exited: Promise<number | null>;
  /** Asks it to stop, and resolves with its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts the process and waits until it is ready. */
export async function startBot(options: BotOptions): Promise<Bot> {
  return whenReady(await launchBot(options));
}

/** Once it says that it is ready; throws with its output when it does not get there. */
export async function whenReady(bot: Bot, withinMs = 30_000): Promise<Bot> {
  const ready = bot.waitForLog(({ msg }) => msg === 'ready', withinMs);
  const outcome = await Promise.race([ready, bot.exited]);
  if (outcome === null || typeof outcome === 'number') {
    const errors = bot.log.map((line) => JSON.stringify(line)).join('\n');
    throw new Error(`the bot ended with ${outcome} before it was ready:\n${bot.output()}\n${errors}`);
  }
  const { port, adminPort } = outcome;
  return {
    ...bot,
    url: `http://127.0.0.1:${String(port)}`,
    adminUrl: `http://127.0.0.1:${String(adminPort)}`,
  };
}

/** Starts the process without waiting for anything. */
export async function launchBot({
  environment,
  policy,
  command,
  ownGroup = false,
}: BotOptions): Promise<Bot> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-'));
  const policyFile = join(dir, 'bastion-bot.yaml');
  if (policy !== undefined) {
    await writeFile(policyFile, typeof policy === 'string' ? policy : stringify(policy));
  }
  const [file, ...args] = command?.of ?? [process.execPath, program];
  const child = spawn(file, args, {
    cwd: command?.in ?? dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
    env: {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      PORT: '0',
      ADMIN_PORT: '0',
      ...(policy === undefined ? {} : { CONFIG_FILE: policyFile }),
      ...environment,
    },
  });
  const log: LogLine[] = [];
  const other: string[] = [];
  const waiters = new Set<(line: LogLine) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parseLine(text);
    if (!line) return void other.push(text);
    log.push(line);
    for (const tell of waiters) tell(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => other.push(text));
  const exited = new Promise<number | null>((settle) => {
    child.once('close', (code) => {
      void rm(dir, { recursive: true, force: true }).then(() => settle(code));
    });
  });

  return {
    pid: child.pid ?? -1,
    url: '',
    adminUrl: '',
    log,
    output: () => other.join('\n'),
    exited,
    waitForLog: async (fits, withinMs = 30_000) => {
      const known = log.find(fits);
      if (known) return known;
      return new Promise((found, reject) => {
        const tell = (line: LogLine) => {
          if (!fits(line)) return;
          clearTimeout(deadline);
          waiters.delete(tell);
          found(line);
        };
        const deadline = setTimeout(() => {
          waiters.delete(tell);
          const last = log.slice(-20).map((line) => JSON.stringify(line));
          reject(
            new Error(
              `no such log line within ${withinMs} ms; the last were:\n${last.join('\n')}\n${other.join('\n')}`,
            ),
          );
          // Of a process that has ended, nobody waits for it.
        }, withinMs).unref();
        waiters.add(tell);
      });
    },
    stop: async () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function parseLine(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLogLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLogLine(value: unknown): value is LogLine {
  return typeof value === 'object' && value !== null && 'msg' in value && 'level' in value;
}
