import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pinoLog } from '../../src/ops/log.ts';
import { inSourceLines } from '../../src/ops/source-lines.ts';

let dir: string;
let build: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bastion-bot-lines-'));
  build = join(dir, 'build (a copy)');
  await mkdir(build);
  const map = { version: 3, sources: ['../../src/app/start.ts'], names: [], mappings: 'AAAA' };
  for (const folder of [build, dir]) await writeFile(join(folder, 'main.js.map'), JSON.stringify(map));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

const placeIn = (folder: string) => `${pathToFileURL(join(folder, 'main.js')).href}:1:1`;
const stackOf = (message: string, place: string) =>
  `Error: ${message}\n    at run (${place})\n    at async ${place}`;

describe('a stack trace', () => {
  it('names the source in the place of the build, wherever that lies', () => {
    expect(inSourceLines(stackOf('no', placeIn(build)), 'no', build)).toBe(
      stackOf('no', 'src/app/start.ts:1:1'),
    );
  });

  it.each([
    ['of another folder', () => placeIn(dir)],
    ['that leads out of the build', () => `${pathToFileURL(build).href}/../main.js:1:1`],
    ['without a map', () => `${pathToFileURL(build).href}/part.js:1:1`],
    ['that no address can hold', () => 'file:///%zz.js:1:1'],
  ])('leaves a place %s as it is', (_, place) => {
    const stack = stackOf('no', place());
    expect(inSourceLines(stack, 'no', build)).toBe(stack);
  });

  it('leaves its message as it is, whatever that looks like', () => {
    const message = `no\n    at run (${placeIn(build)})`;
    const trace = '\n    at async src/app/start.ts:1:1';
    expect(inSourceLines(`Error: ${message}\n    at async ${placeIn(build)}`, message, build)).toBe(
      `Error: ${message}${trace}`,
    );
  });

  it.each(['file:///%zz.js:1:1', 'file:///a%2Fb.js:1:2', '\n    at file:///a%00b.js:1:2'])(
    'is logged whatever the message holds: %j',
    (message) => {
      const lines: string[] = [];
      const log = pinoLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
      log.error({ error: new Error(message) }, 'failed');
      expect(JSON.parse(lines.join(''))).toMatchObject({
        error: { message, stack: expect.stringContaining(message) },
      });
    },
  );
});
