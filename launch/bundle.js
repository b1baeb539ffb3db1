import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, stop, transform } from 'esbuild';
import { z } from 'zod';
import { inBareEnvironment } from './bare-environment.js';

/** @import { Metafile, OutputFile } from 'esbuild' */

const target = 'node20.19';

/** A native addon, which its loader finds beside itself only. */
const external = ['msgpackr-extract'];

const packageShape = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** What CommonJS packages expect, by names that none of them uses; `var`, because some declare it themselves. */
const banner = `import { createRequire as bundled$createRequire } from 'node:module';
import { dirname as bundled$dirname } from 'node:path';
import { fileURLToPath as bundled$fileURLToPath } from 'node:url';
var require = bundled$createRequire(import.meta.url);
var __filename = bundled$fileURLToPath(import.meta.url);
var __dirname = bundled$dirname(__filename);`;

/** Our programs with maps, the packages apart and without blanks: as thousands of files they load three times as long. @param {string} root @param {string} folder */
export async function bundle(root, folder) {
  try {
    const entryPoints = await programsIn(root);
    const contents = await allPackages(root);
    const { outputFiles, metafile } = await inBareEnvironment(async () =>
      build({
        absWorkingDir: root,
        entryPoints,
        // Keeps the packages in files apart from our own code.
        stdin: { contents, resolveDir: root, sourcefile: 'packages' },
        bundle: true,
        splitting: true,
        external,
        platform: 'node',
        target,
        format: 'esm',
        banner: { js: banner },
        outdir: folder,
        chunkNames: 'parts/[name]-[hash]',
        sourcemap: 'linked',
        sourcesContent: false,
        metafile: true,
        write: false,
        logLevel: 'silent',
      }),
    );
    await mkdir(join(folder, 'parts'));
    const outputs = outputFiles.map(async (file) =>
      write(file, metafile.outputs[relative(root, codeOf(file))]),
    );
    await Promise.all(outputs);
  } finally {
    await stop();
  }
}

/** @param {OutputFile} file @param {Metafile['outputs'][string] | undefined} output */
async function write({ path, text }, output) {
  if (output?.entryPoint === 'packages') return;
  const isOurs = Object.keys(output?.inputs ?? {}).some((input) => input.startsWith('src/'));
  if (isOurs) return writeFile(path, text, { flush: true });
  if (path.endsWith('.map')) return;
  const { code } = await transform(text, { minifyWhitespace: true, target });
  await writeFile(path, code, { flush: true });
}

/** @param {OutputFile} file */
function codeOf({ path }) {
  return path.replace(/\.map$/, '');
}

/** @param {string} root */
async function programsIn(root) {
  const names = await readdir(join(root, 'src'));
  // An editor's own begin with a dot.
  return names.filter((name) => /^[^.].*\.ts$/.test(name)).map((name) => `src/${name}`);
}

/** @param {string} root */
async function allPackages(root) {
  const { dependencies } = packageShape.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  return Object.keys(dependencies)
    .map((name, index) => `export * as p${index} from '${name}';`)
    .join('\n');
}
