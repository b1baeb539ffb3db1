import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bundle } from './bundle.js';
import { expectInstalled } from './installed.js';
import { isBuildOf, markBuild, sourceHash } from './source-hash.js';

/** Builds beside, and names the folder when it is whole and the source is still that of the name. @param {string} root @param {string} build Named by the hash of the source. */
export async function makeBuild(root, build) {
  await expectInstalled(root);
  const hash = basename(build);
  const unfinished = join(dirname(build), `unfinished-${randomUUID()}`);
  await mkdir(unfinished, { recursive: true });
  try {
    await bundle(root, unfinished);
    await markBuild(unfinished, hash);
    if (sourceHash(root) === hash) await giveName(unfinished, build);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A build of a faster process stays; half a build makes way. @param {string} unfinished @param {string} build */
export async function giveName(unfinished, build) {
  while (!(await movedTo(build, unfinished, ['ENOTEMPTY', 'EEXIST']))) {
    if (await isBuildOf(build, basename(build))) return;
    await movedTo(join(dirname(build), `unfinished-${randomUUID()}`), build, ['ENOENT']);
  }
}

/** @param {string} to @param {string} from @param {readonly string[]} others How it may fail because another process was faster. */
async function movedTo(to, from, others) {
  return rename(from, to).then(
    () => true,
    (/** @type {NodeJS.ErrnoException} */ error) => {
      if (!others.includes(error.code ?? '')) throw error;
      return false;
    },
  );
}
