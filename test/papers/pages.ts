import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Everything that is written for people. */
export const pages: readonly Page[] = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs').map((file) => join('docs', file)),
].map((path) => ({ path, text: page(path) }));

export function page(path: string): string {
  return readFileSync(path, 'utf8');
}

export function allOf(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** What stands in backticks outside of blocks of code. */
export function spansOf(text: string): readonly string[] {
  return allOf(/`([^`\n]+)`/g, withoutFences(text));
}

export function withoutFences(text: string): string {
  return text.replaceAll(/^ *```[^]*?^ *```$/gm, '');
}

/** Where a link into the page may lead, as GitHub names its headings. */
export function anchorsOf(text: string): readonly string[] {
  return allOf(/^#+ (.+)$/gm, withoutFences(text)).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
