import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';

/** What the server and this bot keep: the data directory may hold other files too. */
const ours = /^(?:appendonlydir|lock|owner\.json|dump\.rdb|temp-.*)$/;

/** Earlier versions left files that every user could read. No link is followed. */
export async function narrowFiles(dataDir: string, log: Log): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => ours.test(name));
  const parts = await readdir(join(dataDir, 'appendonlydir')).catch(() => []);
  for (const name of [...names, ...parts.map((part) => join('appendonlydir', part))]) {
    await narrow(join(dataDir, name)).catch(() =>
      log.warn({ dataDir, file: name }, 'could not make a file of the data private'),
    );
  }
}

async function narrow(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if ((found.mode & 0o077) !== 0) await file.chmod(found.isDirectory() ? 0o700 : 0o600);
  } finally {
    await file.close();
  }
}
