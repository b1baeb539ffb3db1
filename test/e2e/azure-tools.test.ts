import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld } from '../support/world.ts';

describe('a tool of developers that signs in', () => {
  let world: TestWorld;
  let dir: string;

  beforeEach(async () => {
    [world, dir] = await Promise.all([startWorld(), mkdtemp(join(tmpdir(), 'bastion-bot-az-'))]);
  });
  afterEach(async () => {
    await world.stop();
    await rm(dir, { recursive: true });
  });

  it('is told no secret of the bot', async () => {
    await mkdir(join(dir, 'bin'));
    const tool = join(dir, 'bin', 'az');
    await writeFile(
      tool,
      `#!/bin/sh\nenv > '${dir}/unfinished'\nmv '${dir}/unfinished' '${dir}/environment'\n`,
    );
    await chmod(tool, 0o700);
    await world.startBot(undefined, {
      AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
      AZURE_CONFIG_DIR: dir,
      HTTPS_PROXY: 'http://bot:pass-word@127.0.0.1:9',
      NO_PROXY: '*',
      PATH: `${join(dir, 'bin')}:${process.env['PATH'] ?? ''}`,
    });
    let printed = '';
    await eventually('it was started', async () => {
      printed = await readFile(join(dir, 'environment'), 'utf8').catch(() => '');
      return printed !== '';
    });
    expect(printed).toContain(`AZURE_CONFIG_DIR=${dir}`);
    expect(printed).not.toMatch(/^(SLACK_(BOT|APP|SIGNING)\w*|REDIS_URL|HTTPS_PROXY)=/m);
    expect(printed).not.toMatch(/xoxb|pass-word/);
  });
});
