import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { menuEntries } from '../../src/slack/menu.ts';
import { allOf, page, pages, spansOf } from './pages.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(page('package.json')));
const parts = allOf(/^ {2}'([a-z]+)',$/gm, page('test/bench/main.ts'));

/** Files that somebody else makes: people, a build, the running bot. */
const made = new Set([
  'bastion-bot.yaml',
  './bastion-bot.yaml',
  'dist/main.js',
  'dist/parts',
  'owner.json',
  'sbom.cdx.json',
]);

/** `usecases/sweep.ts`, `slack/`, `azure/arm`, `manifest.yml`; no package, command or pattern. */
function isPath(span: string): boolean {
  const isNested = /^[a-z][\w.-]*(\/[\w.-]+)*\/[\w.-]*$/.test(span);
  return isNested || /^[\w.-]+\.(ts|js|json|ya?ml|md)$/.test(span);
}

/** In the repository, or in its source; as tests of `src`'s folder are named in SECURITY.md. */
function isThere(path: string): boolean {
  return ['', 'src/', 'test/attacks/'].some((folder) => existsSync(folder + path));
}

describe.each(pages)('$path', ({ text }) => {
  it('names no file that is not there', () => {
    const paths = spansOf(text).filter((span) => isPath(span) && !made.has(span));
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it('names no command that is not there', () => {
    const named = allOf(/\bnpm run ([a-z]+)/g, text);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('names no part of the benchmarks that is not there', () => {
    const named = allOf(/`npm run bench -- ([a-z]+)`/g, text);
    expect(named.filter((name) => !parts.includes(name))).toEqual([]);
  });

  it('names no sub-command that is not in the menu', () => {
    const names = menuEntries().map(({ name }) => name);
    const named = allOf(/`\/bastion ([a-z]+)/g, text);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });
});

it('docs/promises.md says what each part of the benchmarks reaches', () => {
  const named = allOf(/^\| `([a-z]+)` +\|/gm, page('docs/promises.md'));
  expect(parts.length).toBeGreaterThan(5);
  expect([...new Set(named)].toSorted()).toEqual(parts.toSorted());
});
