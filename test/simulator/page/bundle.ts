import { join } from 'node:path';
import { build, stop } from 'esbuild';

const front = join(import.meta.dirname, 'front');

/** The page's own code, by path. Nothing of it is loaded from anywhere else. */
export interface Bundle {
  readonly '/page.js': string;
  readonly '/page.css': string;
}

export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: { page: join(front, 'main.tsx') },
    outdir: front,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
  });
  // Its helper process would stay for as long as this one.
  await stop();
  const named = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { '/page.js': named('.js'), '/page.css': named('.css') };
}
