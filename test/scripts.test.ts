import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { z } from 'zod';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8')));

// npm sends signals to the shell of a script only, and a shell that has not given its place away dies alone.
it.each(['start', 'demo'])(
  'npm run %s hands its process to the program, so that stopping npm stops it',
  (name) => {
    expect(scripts[name]).toMatch(/(^|&& )exec node [^&]+$/);
  },
);
