import { realpath, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pointTo } from './link.js';
import { removeOld } from './old-builds.js';
import { isBuildOf, sourceHash } from './source-hash.js';

const checkout = dirname(import.meta.dirname);

// Any number of processes may ask at once and die at any moment: a folder is named when it is whole, and each step looks anew.
/** `mustPoint`: a build is of no use unless `dist` points to it. @param {{ mustPoint: boolean }} options */
export async function currentBuild({ mustPoint }) {
  const dist = join(checkout, 'dist');
  for (;;) {
    const hash = sourceHash(checkout);
    // A link that another process swaps from now on changes nothing for this one.
    const pointed = await realpath(dist).catch(() => dist);
    if (await isBuildOf(pointed, hash)) return pointed;

    const build = join(checkout, '.builds', hash);
    if (!(await isBuildOf(build, hash))) {
      // Only here: a finished build starts without esbuild.
      const { makeBuild } = await import('./make-build.js');
      await makeBuild(checkout, build);
      continue;
    }
    try {
      // `removeOld` keeps the builds that `dist` pointed to last.
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
  // Only its owner may; no start needs it.
  await utimes(path, now, now).catch(() => undefined);
}
