import { cp, lstat, mkdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Outcome, Sample } from './sample.ts';
import { makeSample } from './sample.ts';

let sample: Sample;

beforeEach(async () => {
  sample = await makeSample();
});
afterEach(async () => sample.discard());

const started = async () => sample.start().ended;
const prints = (words: string): Outcome => ({ code: 0, output: words, errors: '' });

describe('a start', () => {
  it('builds once, and not again while the source is the same', async () => {
    expect(await started()).toEqual(prints('one'));
    const before = await sample.identity();
    expect(await started()).toEqual(prints('one'));
    expect(await sample.start('launch/build.js').ended).toEqual(prints(''));
    expect(await sample.identity()).toEqual(before);
  });

  it.each(['package.json', 'package-lock.json', 'tsconfig.json', 'launch/bundle.js', 'src/other.txt'])(
    'builds anew after a change of %s',
    async (file) => {
      await started();
      const before = await sample.identity();
      await sample.append(file, '\n');
      expect(await started()).toEqual(prints('one'));
      expect(await sample.identity()).not.toEqual(before);
      expect(await sample.builds()).toHaveLength(2);
    },
  );

  it('runs what the source says now, and goes back to a build that is there', async () => {
    await started();
    const first = await sample.identity();
    await sample.says('two');
    expect(await started()).toEqual(prints('two'));
    await sample.says('one');
    // Nothing could be built now.
    await rename(join(sample.root, 'node_modules'), join(sample.root, 'elsewhere'));
    expect(await started()).toEqual(prints('one'));
    expect((await sample.identity()).build).toEqual(first.build);
  });

  it('runs what the source has become while it was built, under its own name', async () => {
    const { isBegun, letGo } = await sample.holdBuild();
    const running = sample.start();
    await eventually('it builds', isBegun);
    await sample.says('two');
    await letGo();
    expect(await running.ended).toEqual(prints('two'));
    await sample.says('one');
    expect(await started()).toEqual(prints('one'));
  });

  it.each(['leads to another build', 'is gone'])(
    'needs to write nothing where it finds a build, though dist %s',
    async (what) => {
      await started();
      await sample.says('two');
      await started();
      await sample.says('one');
      if (what === 'is gone') await rm(sample.dist);
      const before = await sample.builds();
      await sample.lock(true);
      const outcomes = [await started(), await sample.start('launch/build.js').ended];
      await sample.lock(false);
      expect(outcomes).toEqual([
        prints('one'),
        { code: 1, output: '', errors: expect.stringMatching(/^Bastion Bot cannot be built: .* written to/) },
      ]);
      expect(await sample.builds()).toEqual(before);
    },
  );

  it('builds what a link in the source leads to, if it leads anywhere', async () => {
    await sample.write('elsewhere.ts', "export const words: string = 'one';\n");
    await sample.write('src/main.ts', "import { words } from './linked.ts';\nprocess.stdout.write(words);\n");
    await symlink('../elsewhere.ts', join(sample.root, 'src/linked.ts'));
    // As an editor locks a file.
    await symlink('somebody@somewhere.1:2', join(sample.root, 'src/.#main.ts'));
    expect(await started()).toEqual(prints('one'));
    await sample.write('elsewhere.ts', "export const words: string = 'two';\n");
    expect(await started()).toEqual(prints('two'));
  });

  it('ends as the program ends', async () => {
    await sample.write('src/main.ts', "process.stderr.write('no');\nprocess.exitCode = 7;\n");
    expect(await started()).toEqual({ code: 7, output: '', errors: 'no' });
  });

  it('hands a signal to the program', async () => {
    await sample.write(
      'src/main.ts',
      "process.once('SIGTERM', () => process.exit(3));\nsetInterval(() => {}, 1000);\nprocess.stderr.write('up');\n",
    );
    const running = sample.start();
    await eventually('it runs', () => running.errors().includes('up'));
    running.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 3, output: '', errors: 'up' });
  });

  it('is ended by no hangup, neither while it builds nor later', async () => {
    await sample.write(
      'src/main.ts',
      "process.once('SIGTERM', () => process.exit(3));\nsetInterval(() => {}, 1000);\nprocess.stderr.write('up');\n",
    );
    const { isBegun, letGo } = await sample.holdBuild();
    const running = sample.start();
    await eventually('it builds', isBegun);
    running.kill('SIGHUP');
    await letGo();
    await eventually('it runs', () => running.errors().includes('up'));
    running.kill('SIGHUP');
    running.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 3, output: '', errors: 'up' });
  });

  it('takes a finished build that was copied, and builds nothing there', async () => {
    await started();
    await cp(sample.dist, join(sample.root, 'finished'), { recursive: true, dereference: true });
    await rm(join(sample.root, '.builds'), { recursive: true });
    await rm(join(sample.root, 'node_modules'), { recursive: true });
    await rm(sample.dist);
    await rename(join(sample.root, 'finished'), sample.dist);
    expect(await started()).toEqual(prints('one'));
    expect((await lstat(sample.dist)).isDirectory()).toBe(true);
  });
});

describe('many starts at once', () => {
  const eight = async () => Promise.all(Array.from({ length: 8 }, started));

  it('all run the same whole build, and leave one folder', async () => {
    expect(await eight()).toEqual(Array.from({ length: 8 }, () => prints('one')));
    const [build, ...others] = await sample.builds();
    expect(others).toEqual([]);
    expect(await readlink(sample.dist)).toBe(`.builds/${String(build)}`);
  });

  it('replace the folder that an older version built into', async () => {
    await mkdir(sample.dist);
    await writeFile(join(sample.dist, 'main.js'), "process.stdout.write('old');");
    expect(await eight()).toEqual(Array.from({ length: 8 }, () => prints('one')));
    expect((await lstat(sample.dist)).isSymbolicLink()).toBe(true);
    expect((await sample.builds()).filter((name) => !name.startsWith('unfinished'))).toHaveLength(1);
  });
});
