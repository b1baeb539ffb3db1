import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.ts';
import { DataDirOwnerUnknown } from './owner-file.ts';
import { isTrusted } from './trusted-owner.ts';

/** Refuses a file that this bot did not write: `flock` waits for ever on a pipe and follows links. */
export async function makeLockFile(dataDir: string): Promise<string> {
  const file = join(dataDir, 'lock');
  const { O_RDONLY, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  const opened = await open(file, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600).catch(
    (error: unknown) => {
      const code = codeOf(error);
      throw new DataDirOwnerUnknown(file, code === 'ELOOP' ? 'is a link' : `cannot be opened (${code})`);
    },
  );
  try {
    const found = await opened.stat();
    if (!found.isFile()) throw new DataDirOwnerUnknown(file, 'is no file');
    if (!isTrusted(found)) throw new DataDirOwnerUnknown(file, 'belongs to somebody else');
    return file;
  } finally {
    await opened.close();
  }
}
