import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runs } from '../../../src/redis/server/binary.ts';
import { startChild } from '../../../src/redis/server/child.ts';

const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-secret',
  AZURE_CLIENT_SECRET: 'azure-secret',
  REDIS_URL: 'redis://:secret@db',
  LC_ALL: 'C.UTF-8',
  LANG: 'C',
};

const bare = new Set(['HOME', 'LANG', 'LC_ALL', 'PATH']);

describe('a child', () => {
  let dir: string;
  const before = { ...process.env };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'child-'));
    Object.assign(process.env, secrets);
  });
  afterEach(async () => {
    for (const name of Object.keys(secrets)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await rm(dir, { recursive: true });
  });

  /** A program that writes down the environment it was started with. */
  async function printer() {
    const program = join(dir, 'server');
    await writeFile(program, `#!/bin/sh\nenv > '${dir}/environment'\n`);
    await chmod(program, 0o700);
    return program;
  }
  const names = async () => {
    const printed = await readFile(join(dir, 'environment'), 'utf8');
    expect(printed).not.toMatch(/secret/i);
    const all = [...printed.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
    // The shell's own.
    return new Set(all.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)));
  };

  it('gets no token when it is asked for its version', async () => {
    expect(await runs(await printer())).toBe(true);
    expect(await names()).toEqual(bare);
  });

  it('gets no token when it is started', async () => {
    await once(startChild([await printer()]), 'exit');
    expect(await names()).toEqual(bare);
  });

  it('writes files for this user alone, and no hangup ends it', async () => {
    const file = join(dir, 'file');
    const child = startChild(['/bin/sh', '-c', `echo up > '${file}'; kill -HUP $$; echo alive`]);
    expect(await text(child.stdout)).toBe('alive\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
