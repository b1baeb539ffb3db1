import { join } from 'node:path';
import { buildSync } from 'esbuild';

const front = join(import.meta.dirname, 'front');

/** The page's own code, by path. Nothing of it is loaded from anywhere else. */
export interface Bundle {
  readonly '/page.js': string;
  readonly '/page.css': string;
}

/** Without esbuild's helper process: all of a process share it, so that whoever ends it leaves others waiting. */
export function bundle(): Bundle {
  const { outputFiles } = buildSync({
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
  const named = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { '/page.js': named('.js'), '/page.css': named('.css') };
}
