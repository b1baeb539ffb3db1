import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningProcess } from './processes.ts';

/** A program in this folder that is taken for a Redis server and never gets ready. */
export async function endlessServer(dir: string): Promise<string> {
  const file = join(dir, 'endless-server');
  await writeFile(file, '#!/bin/sh\n[ "$1" = --version ] || exec sleep 1000\n');
  await chmod(file, 0o700);
  return file;
}

export function isEndless({ command }: RunningProcess): boolean {
  return command === 'sleep 1000 ';
}
