import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = resolve(import.meta.dirname, '../src');

/** Who may import what, besides its own folder. The first pattern that fits a file holds. */
const rules: readonly (readonly [files: RegExp, mayImport: RegExp])[] = [
  [/^domain\//, /^luxon$/],
  [/^ports\//, /^domain\//],
  [/^usecases\//, /^(domain\/|ports\/|p-map$)/],
  [/^slack\/views\//, /^(domain\/|@slack\/types$)/],
  [/^slack\//, /^(domain\/|usecases\/|ports\/|@slack\/|ws$|zod$|node:)/],
  [/^azure\//, /^(domain\/|ports\/|@azure\/|zod$|node:)/],
  [/^redis\//, /^(domain\/|ports\/|ioredis$|zod$|node:)/],
  [/^jobs\//, /^(domain\/|usecases\/|ports\/|bullmq$|zod$|node:)/],
  [/^ops\//, /^(domain\/|ports\/|pino$|prom-client$|node:)/],
  [/^config\//, /^(domain\/|zod$|yaml$|node:)/],
  [/^[^/]+\.ts$|^cli\//, /^(?!\.\.)/],
];

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

function importsOf(file: string): readonly string[] {
  const code = readFileSync(join(src, file), 'utf8');
  const specifiers = code.matchAll(/(?:\bfrom|^import|\bimport\()\s*'([^']+)'/gm);
  return [...specifiers].map(([, specifier = '']) =>
    specifier.startsWith('.') ? relative(src, resolve(src, dirname(file), specifier)) : specifier,
  );
}

describe('the architecture', () => {
  it('has a rule for every file', () => {
    expect(sources.filter((file) => !rules.some(([files]) => files.test(file)))).toEqual([]);
  });

  it.each(sources)('%s imports only what its folder may', (file) => {
    const [files, mayImport] = rules.find(([pattern]) => pattern.test(file)) ?? [/^$/, /^$/];
    const isOwn = (target: string) => files.test(target) && target.includes('/');
    expect(importsOf(file).filter((target) => !isOwn(target) && !mayImport.test(target))).toEqual([]);
  });

  it.each(sources.filter((file) => /^(domain|usecases)\//.test(file)))(
    '%s asks nobody for the time',
    (file) => {
      const code = readFileSync(join(src, file), 'utf8');
      expect(code).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bprocess\./);
    },
  );

  it('keeps test code out of the product', () => {
    expect(sources.filter((file) => importsOf(file).some((target) => target.startsWith('..')))).toEqual([]);
  });
});
