import { randomUUID } from 'node:crypto';
import { lstat, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** A link is swapped in one step; a folder, which an older version built in place, becomes an unfinished build first. @param {string} dist @param {string} build */
export async function pointTo(dist, build) {
  const builds = dirname(build);
  const link = join(builds, `unfinished-${randomUUID()}`);
  await symlink(relative(dirname(dist), build), link, 'dir');
  try {
    while (!(await replaces(link, dist))) {
      if (await isFolder(dist))
        await rename(dist, join(builds, `unfinished-${randomUUID()}`)).catch(unlessGone);
    }
  } finally {
    await rm(link, { force: true });
  }
}

/** @param {string} link @param {string} dist */
async function replaces(link, dist) {
  return rename(link, dist).then(
    () => true,
    (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EISDIR') throw error;
      return false;
    },
  );
}

/** @param {string} path */
async function isFolder(path) {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** @param {NodeJS.ErrnoException} error */
function unlessGone(error) {
  if (error.code !== 'ENOENT') throw error;
}
