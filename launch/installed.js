import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const flag = z.boolean().optional();
const lockfileShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dev: flag, devOptional: flag, optional: flag }),
  ),
});

/** esbuild is for development only, and yet decides what a build holds. */
const builder = 'node_modules/esbuild';

/** Throws where npm installed other packages than package-lock.json names: a build bears the hash of that file. @param {string} root */
export async function expectInstalled(root) {
  const installed = await packagesIn(join(root, 'node_modules/.package-lock.json'));
  const wanted = await packagesIn(join(root, 'package-lock.json'));
  // Only npm leaves such a list.
  if (!installed || !wanted) return;
  for (const [path, { version, dev, devOptional, optional }] of Object.entries(wanted)) {
    const is = installed[path]?.version ?? 'none';
    const isLeftOut = path === '' || dev || devOptional || optional;
    if ((isLeftOut && path !== builder) || is === version) continue;
    throw new Error(
      `${path} is ${is}, and package-lock.json names ${version}; run \`npm ci\`, which brings what it names.`,
    );
  }
}

/** @param {string} file */
async function packagesIn(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : lockfileShape.parse(JSON.parse(text)).packages;
}
