import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In every build, so that a copy of one is known too; an unfinished one has none. */
const hashFile = 'source-hash';

/** Beside `src`, all that decides what a build holds, for every Node. */
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'launch/bundle.js'];

/** The same wherever the source lies. @param {string} root */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of [...inputs, ...filesBelow(root, 'src').sort()]) {
    const content = unlessGone(() => readFileSync(join(root, file)));
    if (content) hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Follows links. @param {string} root @param {string} folder @returns {string[]} */
function filesBelow(root, folder) {
  const names = unlessGone(() => readdirSync(join(root, folder))) ?? [];
  return names.flatMap((name) => {
    const path = join(folder, name);
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (found?.isDirectory()) return filesBelow(root, path);
    return found?.isFile() ? [path] : [];
  });
}

/** An editor makes and removes files at any moment. @template T @param {() => T} read */
function unlessGone(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} build @param {string} hash */
export async function isBuildOf(build, hash) {
  const held = await readFile(join(build, hashFile), 'utf8').catch(() => undefined);
  return held === hash;
}

/** Written last. @param {string} build @param {string} hash */
export async function markBuild(build, hash) {
  await writeFile(join(build, hashFile), hash, { flush: true });
}
