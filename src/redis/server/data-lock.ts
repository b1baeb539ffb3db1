import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { CannotStart } from '../../ports/cannot-start.ts';
import { runs } from './binary.ts';

/** Two servers on one append-only file would ruin it. */
export class DataDirInUse extends CannotStart {
  override readonly name = 'DataDirInUse';

  constructor(dataDir: string) {
    super(`The data directory ${dataDir} is in use by another Bastion Bot.`);
  }
}

export interface DataLock {
  /** What to run the server with, so that the lock lives as long as the server and the server as long as this process. */
  readonly prefix: readonly string[];
  /** The server's exit code when the prefix could not take the lock. */
  readonly refusedCode?: number;
  readonly release: () => Promise<void>;
}

const refusedCode = 73;
/** A server whose bot has just died needs a moment to stop. */
const patienceSeconds = 2;

/** Where util-linux is installed the kernel keeps the lock; elsewhere a file does, with whom it belongs to. */
export async function lockData(dataDir: string, socket: string): Promise<DataLock> {
  const hasUtilLinux = await Promise.all(['setpriv', 'flock'].map(runs));
  return hasUtilLinux.every(Boolean) ? kernelLock(dataDir) : fileLock(dataDir, socket);
}

function kernelLock(dataDir: string): DataLock {
  const bound = 'setpriv --pdeathsig TERM';
  const locked = `flock --no-fork --timeout ${patienceSeconds} --conflict-exit-code ${refusedCode}`;
  const prefix = [...`${bound} ${locked}`.split(' '), join(dataDir, 'lock')];
  return { prefix, refusedCode, release: async () => undefined };
}

const ownerShape = z.object({ pid: z.int(), socket: z.string() });

async function fileLock(dataDir: string, socket: string): Promise<DataLock> {
  const file = join(dataDir, 'owner.json');
  const take = async () => writeFile(file, JSON.stringify({ pid: process.pid, socket }), { flag: 'wx' });
  try {
    await take();
  } catch {
    const owner = await ownerNamedIn(file);
    if (owner && owner.pid !== process.pid && isRunning(owner.pid)) throw new DataDirInUse(dataDir);
    if (owner) await stopOrphan(owner.socket);
    await rm(file, { force: true });
    await take();
  }
  return { prefix: [], release: async () => rm(file, { force: true }) };
}

/** Undefined for a file that was cut off while it was written. */
async function ownerNamedIn(file: string): Promise<z.output<typeof ownerShape> | undefined> {
  try {
    return ownerShape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The server of a bot that was killed; nothing happens where none is left. */
async function stopOrphan(socket: string): Promise<void> {
  const orphan = new Redis(socket, { lazyConnect: true, retryStrategy: () => null, commandTimeout: 10_000 });
  orphan.on('error', () => undefined);
  const stopped = new Promise<void>((resolve) => orphan.once('end', () => resolve()));
  await orphan
    .connect()
    .then(async () => orphan.shutdown())
    .catch(() => undefined);
  await stopped;
  await rm(dirname(socket), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
