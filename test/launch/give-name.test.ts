import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { giveName } from '../../launch/make-build.js';
import { isBuildOf, markBuild } from '../../launch/source-hash.js';

const hash = 'abcdef0123456789';

let builds: string;
let build: string;

beforeEach(async () => {
  builds = await mkdtemp(join(tmpdir(), 'bastion-bot-builds-'));
  build = join(builds, hash);
});
afterEach(async () => rm(builds, { recursive: true, force: true }));

async function racer(_: unknown, index: number): Promise<void> {
  const unfinished = join(builds, `unfinished-${index}`);
  await mkdir(unfinished);
  await markBuild(unfinished, hash);
  await giveName(unfinished, build);
}

it.each(['nothing', 'half a build', 'an empty folder'])(
  'of many builds made at once one gets the name where %s has it',
  async (before) => {
    if (before !== 'nothing') await mkdir(build);
    if (before === 'half a build') await writeFile(join(build, 'main.js'), '');
    await Promise.all(Array.from({ length: 64 }, racer));
    expect(await isBuildOf(build, hash)).toBe(true);
    expect(await readdir(build)).toEqual(['source-hash']);
  },
);

it('leaves a whole build that is there', async () => {
  await mkdir(build);
  await markBuild(build, hash);
  await writeFile(join(build, 'loaded-later.js'), '');
  await Promise.all(Array.from({ length: 64 }, racer));
  expect(await readdir(build)).toContain('loaded-later.js');
});
