import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { whyNot } from '../../launch/give-up.js';
import { eventually } from '../support/eventually.ts';
import type { Sample } from './sample.ts';
import { makeSample } from './sample.ts';

let sample: Sample;

beforeEach(async () => {
  sample = await makeSample();
});
afterEach(async () => sample.discard());

const started = async () => sample.start().ended;

const fails = (sentence: RegExp) => ({ code: 1, output: '', errors: expect.stringMatching(sentence) });

describe('a build that fails', () => {
  const lockfile = (version: string) => JSON.stringify({ packages: { 'node_modules/zod': { version } } });

  it.each<readonly [what: string, breakIt: () => Promise<unknown>, sentence: RegExp]>([
    [
      'a mistake',
      async () => sample.write('src/main.ts', 'const one = 1;\nconst = two;\n'),
      /^Bastion Bot cannot be built: src\/main\.ts:2: .*npm run types.*\n$/,
    ],
    [
      'a package that is not there',
      async () => sample.write('src/main.ts', "import 'nothing';\n"),
      /^Bastion Bot cannot be built: .*Could not resolve "nothing".*npm ci.*\n$/,
    ],
    [
      'that nothing is installed',
      async () => rm(join(sample.root, 'node_modules'), { recursive: true }),
      /^Bastion Bot cannot be built: .*not installed.*npm ci.*\n$/,
    ],
    [
      'that something else is installed than the lockfile names',
      async () => {
        await sample.write('package-lock.json', lockfile('4.0.1'));
        await sample.write('node_modules/.package-lock.json', lockfile('4.0.0'));
      },
      /^Bastion Bot cannot be built: node_modules\/zod is 4\.0\.0, and package-lock\.json names 4\.0\.1; .*npm ci.*\n$/,
    ],
    [
      'that it would be built by something else than the lockfile names',
      async () => {
        const builder = (version: string) =>
          JSON.stringify({ packages: { 'node_modules/esbuild': { version, dev: true } } });
        await sample.write('package-lock.json', builder('0.28.2'));
        await sample.write('node_modules/.package-lock.json', builder('0.28.1'));
      },
      /^Bastion Bot cannot be built: node_modules\/esbuild is 0\.28\.1, and .* names 0\.28\.2; .*npm ci.*\n$/,
    ],
  ])('names %s in a sentence, and leaves the one before', async (_, breakIt, sentence) => {
    await started();
    const before = await sample.identity();
    await sample.says('two');
    await breakIt();
    expect(await started()).toEqual(fails(sentence));
    expect(await sample.identity()).toEqual(before);
    expect(await sample.builds()).toHaveLength(1);
  });
});

it.each([
  ['ENOSPC', /disk is full/],
  ['EROFS', /cannot be written to/],
  ['EACCES', /cannot be written to/],
])('%s is said in words', (code, words) => {
  expect(whyNot(Object.assign(new Error(`${code}: at some path`), { code }))).toMatch(words);
});

describe('a builder that is killed', () => {
  it('leaves nothing that counts', async () => {
    const killed = sample.start('launch/build.js');
    const unfinished = async () => (await sample.builds()).some((name) => name.startsWith('unfinished-'));
    await eventually('it builds', unfinished);
    killed.kill('SIGKILL');
    await killed.ended;
    expect(await started()).toEqual({ code: 0, output: 'one', errors: '' });
  });

  it('is tidied up after when what it left is old', async () => {
    await leave('unfinished-old', 2);
    await leave('unfinished-new', 0.5);
    await started();
    expect(await sample.builds()).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), 'unfinished-new']);
  });

  it('does not keep a build from being made of whose folder half is gone', async () => {
    await started();
    const [build = ''] = await sample.builds();
    for (const file of ['source-hash', 'main.js']) await rm(join(sample.root, '.builds', build, file));
    expect(await started()).toEqual({ code: 0, output: 'one', errors: '' });
  });
});

describe('builds that nobody uses', () => {
  it.each([
    { ages: [30, 31, 32, 33, 34, 35], kept: [30, 31, 32, 33, 34] },
    { ages: [1, 2, 3, 4, 5, 6, 30], kept: [1, 2, 3, 4, 5, 6] },
  ])('are removed but for five, those of the last day and the one before: $ages', async ({ ages, kept }) => {
    await started();
    const [first = ''] = await sample.builds();
    await age(first, 100);
    for (const hours of ages) await leave(`build-${hours}`, hours);
    await sample.says('two');
    await started();
    const left = await sample.builds();
    expect(left).toContain(first);
    expect(left.filter((name) => name.startsWith('build-'))).toEqual(kept.map((hours) => `build-${hours}`));
  });
});

describe('a build that was current for long', () => {
  it('stays for those that still run it, however often another takes its place', async () => {
    await started();
    const [first = ''] = await sample.builds();
    await age(first, 30 * 24);
    for (const days of [1, 2, 3, 4, 5]) await leave(`build-${days}`, days * 24 + 1);
    for (const words of ['two', 'three']) {
      await sample.says(words);
      await started();
    }
    expect(await sample.builds()).toContain(first);
  });

  it('stays for a while where an older version built it in place', async () => {
    await mkdir(sample.dist);
    await leave('../dist', 30 * 24);
    await started();
    expect(await sample.builds()).toContainEqual(expect.stringMatching(/^unfinished-/));
  });
});

/** Something among the builds that was last touched so many hours ago. */
async function leave(name: string, hours: number): Promise<void> {
  await mkdir(join(sample.root, '.builds', name), { recursive: true });
  await writeFile(join(sample.root, '.builds', name, 'main.js'), '');
  await age(name, hours);
}

async function age(name: string, hours: number): Promise<void> {
  const at = new Date(Date.now() - hours * 3_600_000);
  await utimes(join(sample.root, '.builds', name), at, at);
}
