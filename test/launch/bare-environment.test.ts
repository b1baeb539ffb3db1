import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const launcher = new URL('../../launch/bare-environment.js', import.meta.url).href;

/** In a process of its own: Jest keeps the real environment from its tests. */
const program = `
  import { execFileSync } from 'node:child_process';
  import { inBareEnvironment } from '${launcher}';
  const given = () => execFileSync('/usr/bin/env', { encoding: 'utf8' });
  console.log(JSON.stringify([inBareEnvironment(given), given()]));`;

describe('the bare environment', () => {
  it('keeps tokens from what is started in it, and from nothing else', () => {
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LANG: 'C', SLACK_BOT_TOKEN: 'xoxb-secret' },
    });
    expect(JSON.parse(printed)).toEqual([
      expect.not.stringContaining('xoxb-secret'),
      expect.stringContaining('SLACK_BOT_TOKEN=xoxb-secret'),
    ]);
  });

  it('is the same for what is built and for what the bot starts', () => {
    const [launched, started] = ['launch/bare-environment.js', 'src/redis/server/child.ts'].map(
      (file) =>
        /^const passedOn = (.+);$/m.exec(
          readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
        )?.[1],
    );
    expect(launched).toMatch(/PATH/);
    expect(started).toBe(launched);
  });
});
