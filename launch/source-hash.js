import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In every build, so that a copy of one is known too; of what was broken off it is missing. */
const hashFile = 'source-hash';

/** Beside `src`, all that decides what a build holds. It is the same for every Node. */
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'launch/bundle.js'];

/**
 * The same for the same source, wherever it lies.
 *
 * @param {string} root
 */
export function sourceHash(root) {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...inputs, ...sources]) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} build
 * @param {string} hash
 */
export async function isBuildOf(build, hash) {
  const held = await readFile(join(build, hashFile), 'utf8').catch(() => undefined);
  return held === hash;
}

/**
 * The last to be written.
 *
 * @param {string} build
 * @param {string} hash
 */
export async function markBuild(build, hash) {
  await writeFile(join(build, hashFile), hash, { flush: true });
}
