import { rm } from 'node:fs/promises';
import { CannotStart } from '../../ports/cannot-start.ts';
import { runs } from './binary.ts';
import type { Owner } from './owner-file.ts';
import {
  DataDirOwnerUnknown,
  ourId,
  ownerFileIn,
  readOwner,
  removeOwner,
  takeOwnership,
} from './owner-file.ts';
import { stopOrphan } from './running-server.ts';
import { makeLockFile } from './lock-file.ts';

export class DataDirInUse extends CannotStart {
  override readonly name = 'DataDirInUse';

  constructor(dataDir: string) {
    super(`The data directory ${dataDir} is in use by another Bastion Bot.`);
  }
}

export interface DataLock {
  /** What to run the server with, so that the lock lives as long as the server and the server as long as this process. */
  readonly prefix: readonly string[];
  /** The server's, where the prefix could not take the lock. */
  readonly refusedCode?: number;
  readonly release: () => Promise<void>;
}

export interface LockWish {
  readonly dataDir: string;
  readonly socket: string;
  /** The system's temporary directory by default. */
  readonly temp?: string | undefined;
}

const refusedCode = 73;
/** A server whose bot has just died needs a moment to stop. */
const patienceSeconds = 2;

/** The kernel keeps the lock where util-linux is installed; elsewhere a file does, which names the owner. */
export async function lockData(wish: LockWish): Promise<DataLock> {
  const hasUtilLinux = await Promise.all(['setpriv', 'flock'].map(runs));
  return hasUtilLinux.every(Boolean) ? kernelLock(wish.dataDir) : fileLock(wish);
}

async function kernelLock(dataDir: string): Promise<DataLock> {
  const bound = 'setpriv --pdeathsig TERM';
  const locked = `flock --no-fork --timeout ${patienceSeconds} --conflict-exit-code ${refusedCode}`;
  const prefix = [...`${bound} ${locked}`.split(' '), await makeLockFile(dataDir)];
  return { prefix, refusedCode, release: async () => undefined };
}

/** An owner that cannot be known keeps its data: two servers would ruin them. */
async function fileLock({ dataDir, socket, temp }: LockWish): Promise<DataLock> {
  const file = ownerFileIn(dataDir);
  if (!(await takeOwnership(file, socket))) {
    const owner = await readOwner(file);
    if (owner) {
      if (isAlive(owner)) throw new DataDirInUse(dataDir);
      if (!(await stopOrphan(owner.socket, dataDir, temp))) {
        throw new DataDirOwnerUnknown(
          file,
          'names a socket that is not known to be of the server of these data',
        );
      }
      if (!(await removeOwner(file, owner))) throw new DataDirInUse(dataDir);
    }
    if (!(await takeOwnership(file, socket))) throw new DataDirInUse(dataDir);
  }
  return { prefix: [], release: async () => rm(file, { force: true }) };
}

/** In containers an owner before may have had this process' pid. */
function isAlive({ pid, id }: Owner): boolean {
  return pid === process.pid ? id === ourId : isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
