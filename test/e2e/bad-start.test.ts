import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startSlack } from '../simulator/slack/simulator.ts';
import { launchBot } from '../support/bot.ts';
import { endlessServer } from '../support/endless-server.ts';
import { quickPolicy } from '../support/world.ts';

const slackVariables = {
  SLACK_BOT_TOKEN: 'xoxb-very-secret',
  SLACK_SIGNING_SECRET: 'signing-secret-of-a-Slack-app-000',
  // Nothing listens on port 9, and a Slack out of reach stops no start.
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
};

async function ended(options: Parameters<typeof launchBot>[0]) {
  const bot = await launchBot(options);
  const code = await bot.exited;
  return { code, output: bot.output(), log: bot.log };
}

describe('a start that cannot succeed', () => {
  it('names every mistake at once, in words, without a stack trace or a secret', async () => {
    const { code, output } = await ended({
      environment: {
        SLACK_BOT_TOKEN: 'secret-but-malformed',
        AZURE_SUBSCRIPTION_IDS: 'no-guid',
        AZURE_TOKEN_CREDENTIALS: 'MyCredential',
        PORT: '99999',
        ROLE: 'everything',
      },
      policy: { channels: { alerts: 'general' }, access: { breakGlass: ['U0ONCALL'] }, colour: 'red' },
    });
    expect(code).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'AZURE_SUBSCRIPTION_IDS']) {
      expect(output).toContain(name);
    }
    for (const name of [
      'AZURE_TOKEN_CREDENTIALS',
      'PORT',
      'ROLE',
      'channels.alerts',
      'breakGlass',
      'colour',
    ]) {
      expect(output).toContain(name);
    }
    expect(output).toContain('not supported yet');
    expect(output).not.toMatch(/secret-but-malformed|\n\s+at |Error:/);
  });

  it('says that there is no policy file', async () => {
    const { code, output } = await ended({
      environment: { ...slackVariables, CONFIG_FILE: '/nowhere/bastion-bot.yaml' },
    });
    expect(code).toBe(1);
    expect(output).toMatch(/\/nowhere\/bastion-bot\.yaml.*there is no such file/);
  });

  it('says which port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, output } = await ended({
      environment: { ...slackVariables, REDIS_URL: 'redis://127.0.0.1:9', ADMIN_PORT: String(port) },
      policy: quickPolicy,
    });
    taken.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`${port}.*in use`));
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('is a failure for whoever supervises it, for whatever reason', async () => {
    const { code, log } = await ended({
      environment: {
        ...slackVariables,
        TMPDIR: '/nowhere',
        DATA_DIR: await mkdtemp(join(tmpdir(), 'data-')),
      },
      policy: quickPolicy,
    });
    expect(code).toBe(1);
    const stack = expect.stringMatching(
      /startEmbeddedRedis \(src\/redis\/server\/private-server\.ts:\d+:\d+\)/,
    );
    expect(log).toContainEqual(
      expect.objectContaining({ msg: 'could not start', error: expect.objectContaining({ stack }) }),
    );
  });

  it('says that Slack refuses the token, without showing it', async () => {
    const slack = await startSlack();
    const { code, output, log } = await ended({
      environment: {
        ...slack.environment,
        SLACK_BOT_TOKEN: 'xoxb-wrong-one',
        REDIS_URL: 'redis://127.0.0.1:9',
      },
      policy: quickPolicy,
    });
    await slack.stop();
    expect(code).toBe(1);
    expect(output).toMatch(/SLACK_BOT_TOKEN: Slack refuses it \(invalid_auth\)/);
    expect(output + JSON.stringify(log)).not.toContain('xoxb-wrong-one');
  });

  it('names the token that is refused beside the Redis server that is missing', async () => {
    const slack = await startSlack();
    const { code, output } = await ended({
      environment: {
        ...slack.environment,
        SLACK_BOT_TOKEN: 'xoxb-wrong-one',
        REDIS_SERVER_BIN: '/nowhere/redis-server',
      },
      policy: quickPolicy,
    });
    await slack.stop();
    expect(code).toBe(1);
    expect(output).toMatch(
      /^Bastion Bot cannot start:\n {2}- SLACK_BOT_TOKEN: .*\n {2}- REDIS_SERVER_BIN names/,
    );
  });

  it.each(['that starts', 'that never ends to load'])(
    'waits for no private Redis server %s beside the token that is refused, and takes it along',
    async (which) => {
      const dir = await mkdtemp(join(tmpdir(), 'bb-'));
      await mkdir(join(dir, 'run'));
      const slack = await startSlack();
      const { code, output } = await ended({
        environment: {
          ...slack.environment,
          SLACK_BOT_TOKEN: 'xoxb-wrong-one',
          DATA_DIR: join(dir, 'data'),
          TMPDIR: join(dir, 'run'),
          ...(which !== 'that starts' && { REDIS_SERVER_BIN: await endlessServer(dir) }),
        },
        policy: quickPolicy,
      });
      await slack.stop();
      expect(code).toBe(1);
      expect(output).toMatch(/^Bastion Bot cannot start:\n {2}- SLACK_BOT_TOKEN: .*\n$/);
      expect(await readdir(join(dir, 'run'))).toEqual([]);
      await rm(dir, { recursive: true });
    },
  );

  it('says that Slack refuses the app-level token, without showing it', async () => {
    const slack = await startSlack({ mode: 'socket' });
    const { code, output, log } = await ended({
      environment: {
        ...slack.environment,
        SLACK_APP_TOKEN: 'xapp-wrong-one',
        REDIS_URL: 'redis://127.0.0.1:9',
      },
      policy: quickPolicy,
    });
    await slack.stop();
    expect(code).toBe(1);
    expect(output).toMatch(/SLACK_APP_TOKEN: Slack refuses it \(invalid_auth\)/);
    expect(output + JSON.stringify(log)).not.toContain('xapp-wrong-one');
  });
});
