import { lstat, mkdtemp, rmdir, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from './error-code.ts';

const socketLimitBytes = 107;
const ourName = /^bastion-bot-[A-Za-z0-9]{6}$/;

export function socketIn(runDir: string): string {
  return join(runDir, 'redis.sock');
}

/** In /tmp where `parent` is too long: the kernel takes no socket path longer than `socketLimitBytes`. */
export async function makeRunDir(parent: string): Promise<string> {
  const longest = socketIn(join(parent, 'bastion-bot-XXXXXX'));
  const fits = Buffer.byteLength(longest) <= socketLimitBytes;
  return mkdtemp(join(fits ? parent : '/tmp', 'bastion-bot-'));
}

/** `ours`: named as `makeRunDir` does, this user's alone, and the socket too. */
export async function standingOf(socket: string, parent = tmpdir()): Promise<'ours' | 'absent' | 'not-ours'> {
  const runDir = dirname(socket);
  const isNamedSo =
    socketIn(runDir) === socket && resolve(socket) === socket && ourName.test(basename(runDir));
  const isUnderTemp = [parent, '/tmp'].some((temp) => resolve(temp) === dirname(runDir));
  const [folder, found] = await Promise.all([runDir, socket].map(lookAt));
  if (folder === 'absent' || (found === 'absent' && !(isNamedSo && isUnderTemp))) return 'absent';
  if (!isNamedSo || !isUnderTemp || typeof folder !== 'object') return 'not-ours';
  const isOurs = folder.isDirectory() && folder.uid === process.getuid?.() && (folder.mode & 0o077) === 0;
  if (!isOurs) return 'not-ours';
  if (found === 'absent') return 'ours';
  return typeof found === 'object' && found.isSocket() && found.uid === folder.uid ? 'ours' : 'not-ours';
}

/** By name, one by one: what took the place of the socket's folder meanwhile keeps its other files. */
export async function removeRunDir(runDir: string): Promise<void> {
  for (const name of ['redis.sock', 'redis-server']) await unlink(join(runDir, name)).catch(() => undefined);
  await rmdir(runDir).catch(() => undefined);
}

async function lookAt(path: string) {
  return lstat(path).catch((error: unknown) => {
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? ('absent' as const) : ('hidden' as const);
  });
}
