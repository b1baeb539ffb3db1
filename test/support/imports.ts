import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What a file below `root` imports: files by their path from there, packages by their name. */
export function importsOf(root: string, file: string): readonly string[] {
  const code = readFileSync(join(root, file), 'utf8');
  const specifiers = code.matchAll(/(?:\bfrom\s|^import\s|\bimport\()\s*'([^']+)'/gm);
  return [...specifiers].map(([, specifier = '']) =>
    specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  );
}
