import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotStart } from '../../ports/cannot-start.ts';
import { codeOf } from './error-code.ts';
import { isTrusted } from './trusted-owner.ts';

const longestBytes = 4096;
const ownerShape = z.object({ pid: z.int().positive(), socket: z.string(), id: z.string().exactOptional() });
export type Owner = z.output<typeof ownerShape>;

/** Tells this process from an earlier one with the same pid. */
export const ourId = randomUUID();

export class DataDirOwnerUnknown extends CannotStart {
  override readonly name = 'DataDirOwnerUnknown';

  constructor(file: string, why: string) {
    super(
      `${file} ${why}, so that another Redis server may run on these data. Make sure that none does, remove this file and start again.`,
    );
  }
}

export function ownerFileIn(dataDir: string): string {
  return join(dataDir, 'owner.json');
}

/** False where the file exists. It is whole from its first moment on. */
export async function takeOwnership(file: string, socket: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ pid: process.pid, socket, id: ourId }), {
    flag: 'wx',
    mode: 0o600,
  });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Throws `DataDirOwnerUnknown` for a file that this bot did not write. */
export async function readOwner(file: string): Promise<Owner | undefined> {
  let text: string;
  try {
    text = await textOf(file);
  } catch (error) {
    if (error instanceof DataDirOwnerUnknown) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new DataDirOwnerUnknown(file, code === 'ELOOP' ? 'is a link' : `cannot be read (${code})`);
  }
  try {
    return ownerShape.parse(JSON.parse(text));
  } catch {
    throw new DataDirOwnerUnknown(file, 'holds nothing that this bot wrote');
  }
}

async function textOf(file: string): Promise<string> {
  const opened = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await opened.stat();
    if (!found.isFile()) throw new DataDirOwnerUnknown(file, 'is no file');
    if (!isTrusted(found)) throw new DataDirOwnerUnknown(file, 'belongs to somebody else');
    if (found.size > longestBytes) throw new DataDirOwnerUnknown(file, 'is longer than this bot writes it');
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(longestBytes), 0, longestBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await opened.close();
  }
}

/** False where another start was faster. */
export async function removeOwner(file: string, dead: Owner): Promise<boolean> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  const moved = await readOwner(aside).catch(() => undefined);
  const isDead = JSON.stringify(moved) === JSON.stringify(dead);
  if (!isDead) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return isDead;
}
