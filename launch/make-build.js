import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bundle } from './bundle.js';
import { expectInstalled } from './installed.js';
import { isBuildOf, markBuild, sourceHash } from './source-hash.js';

/**
 * Builds beside, and gives the folder its name when it is whole; where another process was faster, its build stays.
 * Makes none of a source that is no longer that of the name.
 *
 * @param {string} root
 * @param {string} build Named by the hash of the source.
 */
export async function makeBuild(root, build) {
  await expectInstalled(root);
  const hash = basename(build);
  const unfinished = join(dirname(build), `unfinished-${randomUUID()}`);
  await mkdir(unfinished);
  try {
    await bundle(root, unfinished);
    await markBuild(unfinished, hash);
    if (sourceHash(root) === hash) await giveName(unfinished, build);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * @param {string} unfinished
 * @param {string} build
 */
async function giveName(unfinished, build) {
  try {
    await rename(unfinished, build);
  } catch (error) {
    if (await isBuildOf(build, basename(build))) return;
    const isBroken = error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY';
    if (!isBroken) throw error;
    await rename(build, `${unfinished}-replaced`);
    await rename(unfinished, build);
  }
}
