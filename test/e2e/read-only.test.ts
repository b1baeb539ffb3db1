import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bot } from '../support/bot.ts';
import { startBot } from '../support/bot.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilReads } from '../support/world.ts';

const checkout = resolve(import.meta.dirname, '../..');
/** Node's own, which hold for the whole process. https://nodejs.org/api/permissions.html */
const [permission = '', ...allowed] = [
  ['--permission', '--experimental-permission'],
  ['--allow-fs-read=*'],
  ['--allow-net'],
].flatMap((spellings) =>
  spellings.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag.replace(/=.*/, ''))).slice(0, 1),
);

describe('the process that may write to no file, as in an image whose root can only be read', () => {
  let world: TestWorld;
  let bot: Bot | undefined;

  beforeAll(async () => {
    world = await startWorld();
    world.azure
      .addHost({ name: 'bastion-prod' })
      .startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 2 * 3_600_000 });
    bot = await startBot({
      environment: world.environment,
      policy: quickPolicy,
      command: { of: [process.execPath, permission, ...allowed, 'dist/main.js'], in: checkout },
    });
    world.slack.connect(bot.url);
  });
  afterAll(async () => {
    await bot?.kill();
    await world.stop();
  });

  it('serves people, with a Redis elsewhere, and starts no other program', async () => {
    const alice = world.slack.as('U0ALICE');
    await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.command('/bastion sessions');
    await alice.nextEphemeral();
    expect(await bot?.stop()).toBe(0);
    expect(bot?.log.filter((line) => JSON.stringify(line).includes('ERR_ACCESS_DENIED'))).toEqual([]);
  });
});
