import { access, chmod, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { CannotStart } from '../../ports/cannot-start.ts';
import type { Log } from '../../ports/log.ts';
import { findServerBinary } from './binary.ts';
import type { DataLock } from './data-lock.ts';
import { DataDirInUse, lockData } from './data-lock.ts';
import { narrowFiles } from './narrow-files.ts';
import { makeRunDir, removeRunDir, socketIn } from './run-dir.ts';
import type { ServerExit, ServerProcess } from './process.ts';
import { calledRedisServer, startServer, whenReady } from './process.ts';
import { isTrusted } from './trusted-owner.ts';

export interface EmbeddedRedisOptions {
  readonly dataDir: string;
  readonly runtimeDir?: string;
  readonly serverBin?: string;
  /** Aborts a start, which then throws its reason. */
  readonly signal?: AbortSignal;
  readonly log: Log;
}

export interface EmbeddedRedis {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly exited: Promise<ServerExit>;
}

export class EmbeddedRedisFailed extends CannotStart {
  override readonly name = 'EmbeddedRedisFailed';
}

const stopPatienceMs = 10_000;

/** Resolves once it answers. Throws RedisServerMissing, DataDirInUse or EmbeddedRedisFailed, with a message for the operator. */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const binary = await findServerBinary(options.serverBin);
  const dataDir = await prepare(resolve(options.dataDir), options.log);
  const runDir = await makeRunDir(options.runtimeDir ?? tmpdir());
  try {
    const server = await startLocked({ ...options, binary, dataDir, runDir });
    options.log.info({ program: binary, dataDir, pid: server.pid }, 'started a private Redis server');
    return keep(server, runDir, options.log);
  } catch (error) {
    await removeRunDir(runDir);
    throw error;
  }
}

/** Resolves with the folder that links lead to: a link that changes later changes nothing. */
async function prepare(named: string, log: Log): Promise<string> {
  let dataDir = named;
  try {
    await mkdir(named, { recursive: true, mode: 0o700 });
    dataDir = await realpath(named);
    await access(dataDir, constants.W_OK);
  } catch (error) {
    throw new EmbeddedRedisFailed(`The data directory ${dataDir} cannot be used: ${String(error)}`);
  }
  const found = await stat(dataDir);
  if (!isTrusted(found)) {
    throw new EmbeddedRedisFailed(
      `The data directory ${dataDir} belongs to another user (${found.uid}), who could replace the data; give it to the user that runs the bot.`,
    );
  }
  await chmod(dataDir, 0o700).catch(() => log.warn({ dataDir }, 'could not make the data directory private'));
  await narrowFiles(dataDir, log);
  return dataDir;
}

interface LockedStart extends EmbeddedRedisOptions {
  readonly binary: string;
  readonly runDir: string;
}

async function startLocked({ binary, dataDir, runDir, ...options }: LockedStart): Promise<ServerProcess> {
  const { signal } = options;
  const socket = socketIn(runDir);
  const lock = await lockData({ dataDir, socket, temp: options.runtimeDir });
  const program = await calledRedisServer(binary, runDir);
  const server = startServer({ program, dataDir, socket, prefix: lock.prefix });
  const exited = releaseAfter(server.exited, lock);
  const end = () => server.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  const isReady = await whenReady(socket, server);
  signal?.removeEventListener('abort', end);
  if (isReady) return { ...server, exited };
  const { code } = await exited;
  signal?.throwIfAborted();
  if (code === lock.refusedCode) throw new DataDirInUse(dataDir);
  throw new EmbeddedRedisFailed(`The private Redis server did not start: ${server.output()}`);
}

async function releaseAfter(exited: Promise<ServerExit>, lock: DataLock): Promise<ServerExit> {
  const exit = await exited;
  await lock.release();
  return exit;
}

function keep(server: ServerProcess, runDir: string, log: Log): EmbeddedRedis {
  const exited = (async () => {
    const exit = await server.exited;
    if (exit.code === 0) log.info({}, 'stopped the private Redis server');
    else log.error({ ...exit, output: server.output() }, 'lost the private Redis server');
    await removeRunDir(runDir);
    return exit;
  })();
  return {
    url: `unix://${socketIn(runDir)}`,
    exited,
    stop: async () => {
      server.kill('SIGTERM');
      const deadline = setTimeout(() => server.kill('SIGKILL'), stopPatienceMs);
      await exited;
      clearTimeout(deadline);
    },
  };
}
