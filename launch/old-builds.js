import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

const hourMs = 3_600_000;
/** A running process may still load from its build, and a rollback finds the one before. */
const keptMs = 24 * hourMs;
const keptAtLeast = 5;

/** Removes what dead processes left, and builds long out of use; what cannot be removed stays. @param {string} builds @param {readonly string[]} inUse */
export async function removeOld(builds, inUse) {
  try {
    const names = await readdir(builds);
    const all = await Promise.all(names.map(async (name) => found(join(builds, name))));
    const dead = all.filter(({ path, ageMs }) => isUnfinished(path) && ageMs > hourMs);
    const old = all
      .filter(({ path }) => !isUnfinished(path) && !inUse.includes(path))
      .sort((one, other) => one.ageMs - other.ageMs)
      .slice(keptAtLeast)
      .filter(({ ageMs }) => ageMs > keptMs);
    for (const { path } of [...dead, ...old]) await remove(builds, path);
  } catch {
    return;
  }
}

/** @param {string} path */
async function found(path) {
  return { path, ageMs: Date.now() - (await lstat(path)).mtimeMs };
}

/** @param {string} path */
function isUnfinished(path) {
  return basename(path).startsWith('unfinished-');
}

/** Takes its name away first: a process that dies here leaves no half of a build. @param {string} builds @param {string} path */
async function remove(builds, path) {
  const aside = join(builds, `unfinished-${randomUUID()}`);
  await rename(path, aside);
  await rm(aside, { recursive: true, force: true });
}
