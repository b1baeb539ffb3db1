import { mkdir, realpath, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pointTo } from './link.js';
import { removeOld } from './old-builds.js';
import { isBuildOf, sourceHash } from './source-hash.js';

const checkout = dirname(import.meta.dirname);

/**
 * The folder of the finished build of the source as it is now. Builds it where there is none, and points `dist` to it.
 * Any number of processes may ask at once and die at any moment: a folder gets its name when it is whole, and `dist`
 * is never without one.
 *
 * @param {string} [root]
 * @returns {Promise<string>}
 */
export async function currentBuild(root = checkout) {
  const hash = sourceHash(root);
  const dist = join(root, 'dist');
  // Whoever swaps the link from now on changes nothing for this process.
  const pointed = await realpath(dist).catch(() => dist);
  if (await isBuildOf(pointed, hash)) return pointed;

  const builds = join(root, '.builds');
  const build = join(builds, hash);
  await mkdir(builds, { recursive: true });
  if (!(await isBuildOf(build, hash))) {
    // Only here, because it loads what a finished build starts without.
    const { makeBuild } = await import('./make-build.js');
    await makeBuild(root, build);
    // Of a source that was edited meanwhile there is another build to make.
    if (sourceHash(root) !== hash) return currentBuild(root);
  }
  // The builds to keep are those that were pointed to last.
  await utimes(build, new Date(), new Date());
  await pointTo(dist, build);
  await removeOld(builds, [build, pointed]);
  return build;
}
