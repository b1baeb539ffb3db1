import { realpath, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pointTo } from './link.js';
import { removeOld } from './old-builds.js';
import { isBuildOf, sourceHash } from './source-hash.js';

const checkout = dirname(import.meta.dirname);

/**
 * The folder of the finished build of the source as it is now. Builds it where there is none, and points `dist` to it.
 * Any number of processes may ask at once and die at any moment, and the source may change: a folder gets its name
 * when it is whole, `dist` is never without one, and after each step everything is looked at anew.
 * @param {object} options
 * @param {boolean} options.mustPoint Whether a build is of no use where `dist` cannot be pointed to it.
 * @returns {Promise<string>}
 */
export async function currentBuild({ mustPoint }) {
  const dist = join(checkout, 'dist');
  for (;;) {
    const hash = sourceHash(checkout);
    // A link swapped from now on changes nothing for this process.
    const pointed = await realpath(dist).catch(() => dist);
    if (await isBuildOf(pointed, hash)) return pointed;

    const build = join(checkout, '.builds', hash);
    if (!(await isBuildOf(build, hash))) {
      // Only here, because it loads what a finished build starts without.
      const { makeBuild } = await import('./make-build.js');
      await makeBuild(checkout, build);
      continue;
    }
    try {
      // The builds to keep are those that were pointed to last, until now or from now on.
      await Promise.all([pointed, build].map(touch));
      await pointTo(dist, build);
    } catch (error) {
      if (mustPoint) throw error;
      return build;
    }
    await removeOld(dirname(build), [build, pointed]);
  }
}

/** @param {string} path */
async function touch(path) {
  const now = new Date();
  // Only its owner may, and it matters to no start.
  await utimes(path, now, now).catch(() => undefined);
}
