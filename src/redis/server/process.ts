import { symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { startChild } from './child.ts';

export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly pid: number | undefined;
  readonly exited: Promise<ServerExit>;
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export interface ServerOptions {
  readonly program: string;
  readonly dataDir: string;
  /** At most 107 bytes. A dying server unlinks its socket, so no two servers share one. */
  readonly socket: string;
  /** Programs that run the server in their own place, e.g. to take a lock for it. */
  readonly prefix?: readonly string[];
}

const outputLength = 2000;

export function startServer({ program, dataDir, socket, prefix = [] }: ServerOptions): ServerProcess {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: dataDir,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'auto-aof-rewrite-percentage': '100',
    'auto-aof-rewrite-min-size': '64mb',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'warning',
    logfile: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = startChild([...prefix, program, ...args]);
  let output = '';
  const keep = (chunk: Buffer | string) => (output = `${output}${chunk.toString()}`.slice(-outputLength));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', ({ message }) => {
      keep(message);
      resolve({ code: null, signal: null });
    });
  });
  return { pid: child.pid, exited, output: () => output.trim(), kill: (signal) => child.kill(signal) };
}

/** True once the server has loaded its data and answers; false when it stopped instead. */
export async function whenReady(socket: string, { exited }: ServerProcess): Promise<boolean> {
  const probe = new Redis(socket, {
    retryStrategy: () => 10,
    maxRetriesPerRequest: null,
    disconnectTimeout: 0,
  });
  probe.on('error', () => undefined);
  try {
    const ready = new Promise<boolean>((resolve) => probe.once('ready', () => resolve(true)));
    return await Promise.race([ready, exited.then(() => false)]);
  } finally {
    probe.disconnect();
  }
}

/** Debian's `redis-check-rdb` is the whole server and goes by the name it is called with. */
export async function calledRedisServer(program: string, runDir: string): Promise<string> {
  if (basename(program) !== 'redis-check-rdb') return program;
  const link = join(runDir, 'redis-server');
  await symlink(resolve(program), link);
  return link;
}
