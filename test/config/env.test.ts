import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/env.ts';
import { settingsTable } from '../../src/config/variables.ts';

const signingSecret = '0123456789abcdef0123456789abcdef';
const enough = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_SIGNING_SECRET: signingSecret };

function settingsOf(env: Record<string, string>) {
  const read = readEnvironment({ ...enough, ...env });
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  return read.settings;
}

function mistakesOf(env: Record<string, string | undefined>) {
  const read = readEnvironment({ ...enough, ...env });
  return read.ok ? [] : read.mistakes;
}

describe('the environment', () => {
  it('needs a bot token and one of the two modes only', () => {
    expect(settingsOf({})).toEqual({
      role: 'all',
      slack: {
        botToken: 'xoxb-1-secret',
        apiUrl: 'https://slack.com/api/',
        requests: { over: 'http', signingSecret, port: 3000 },
      },
      azure: { cloud: 'public', subscriptionIds: [] },
      redis: { dataDir: './data' },
      admin: { host: '127.0.0.1', port: 9090 },
      configFile: './bastion-bot.yaml',
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not given', () => {
    expect(settingsOf({ PORT: '', REDIS_URL: ' ', AZURE_SUBSCRIPTION_IDS: '' })).toEqual(settingsOf({}));
  });

  it('reads subscriptions without case, spaces and repeats', () => {
    const id = '00000000-0000-0000-0000-00000000000A';
    expect(
      settingsOf({ AZURE_SUBSCRIPTION_IDS: `${id}, ${id.toLowerCase()}` }).azure.subscriptionIds,
    ).toEqual([id.toLowerCase()]);
  });

  it('names every mistake at once', () => {
    expect(
      mistakesOf({
        SLACK_BOT_TOKEN: undefined,
        SLACK_SIGNING_SECRET: undefined,
        PORT: '80000',
        ADMIN_PORT: 'http',
        AZURE_CLOUD: 'mars',
        AZURE_SUBSCRIPTION_IDS: 'production',
        AZURE_TOKEN_CREDENTIALS: 'ManagedIdentity',
        AZURE_RESOURCE_MANAGER_URL: 'http://arm.example.com',
        SLACK_API_URL: 'http://slack.com/api/',
        LOG_LEVEL: 'loud',
        ROLE: 'boss',
      }),
    ).toEqual([
      'SLACK_BOT_TOKEN: expected a bot token that begins with xoxb-, got nothing',
      'SLACK_API_URL: expected an https URL, or http on loopback, got "http://slack.com/api/"',
      'PORT: expected a port from 0 to 65535, got "80000"',
      'ADMIN_PORT: expected a port from 0 to 65535, got "http"',
      'AZURE_CLOUD: expected one of public, usgov, china, got "mars"',
      'AZURE_RESOURCE_MANAGER_URL: expected an https URL, got "http://arm.example.com"',
      'AZURE_SUBSCRIPTION_IDS: expected subscription ids (GUIDs) separated by commas, got "production"',
      expect.stringMatching(
        /^AZURE_TOKEN_CREDENTIALS: expected one of prod, dev, .*, got "ManagedIdentity"$/,
      ),
      'ROLE: expected one of all, bot, worker, got "boss"',
      'LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent, got "loud"',
      'SLACK_APP_TOKEN, SLACK_SIGNING_SECRET: expected one of the two, got neither',
    ]);
  });

  it.each([
    { SLACK_BOT_TOKEN: 'hunter2' },
    { SLACK_SIGNING_SECRET: 'hunter2 hunter2' },
    { SLACK_SIGNING_SECRET: 'hunter2'.padEnd(31, '2') },
    { SLACK_APP_TOKEN: 'xoxb-hunter2' },
    { REDIS_URL: 'http://:hunter2@redis' },
    { AZURE_RESOURCE_MANAGER_URL: 'http://me:hunter2@arm' },
    { AZURE_CLOUD: 'xoxb-hunter2' },
  ])('never shows the secret in %j', (env) => {
    const [mistake = ''] = mistakesOf(env);
    expect(mistake).toContain(Object.keys(env)[0]);
    expect(mistake).not.toContain('hunter2');
  });

  it('takes an app-level token for Socket Mode, in the place of the signing secret', () => {
    const socketMode = { SLACK_APP_TOKEN: 'xapp-1-secret', SLACK_SIGNING_SECRET: '' };
    expect(settingsOf(socketMode).slack.requests).toEqual({ over: 'socket', appToken: 'xapp-1-secret' });
    expect(settingsOf({ ...socketMode, ADMIN_PORT: '3000' }).admin.port).toBe(3000);
    expect(mistakesOf({ SLACK_APP_TOKEN: 'xapp-1-secret' })).toEqual([
      'SLACK_APP_TOKEN, SLACK_SIGNING_SECRET: expected one of the two, got both',
    ]);
  });

  it('lets a worker do without either mode, and without a port for it', () => {
    const worker = { ROLE: 'worker', SLACK_SIGNING_SECRET: '', PORT: '9090', REDIS_URL: 'redis://redis' };
    expect(settingsOf(worker).slack).toEqual({
      botToken: 'xoxb-1-secret',
      apiUrl: 'https://slack.com/api/',
    });
  });

  it('wants one Redis for all when the roles are apart', () => {
    expect(mistakesOf({ ROLE: 'bot' })).toEqual([
      'REDIS_URL: expected the Redis that all roles share, because ROLE is bot; got nothing',
    ]);
    expect(settingsOf({ ROLE: 'bot', REDIS_URL: 'unix:///run/redis.sock' }).redis).toEqual({
      url: 'unix:///run/redis.sock',
    });
  });

  it('takes the object id of an identity in the place of a password', () => {
    const id = 'c0ffee00-0000-4000-8000-00000000b07e';
    const read = (url: string) => settingsOf({ REDIS_CREDENTIAL: 'entra', REDIS_URL: url }).redis;
    expect(read(`REDISS://${id}@name.redis.azure.net:10000`)).toEqual({
      url: 'rediss://name.redis.azure.net:10000',
      entraUser: id,
    });
    expect(read(`redis://${id}@[::1]:7000/2`)).toEqual({ url: 'redis://[::1]:7000/2', entraUser: id });
    expect(mistakesOf({ REDIS_CREDENTIAL: 'entra' })).toEqual([
      'REDIS_URL: expected rediss://OBJECT-ID@HOST:PORT, because REDIS_CREDENTIAL is entra; got nothing',
    ]);
    expect(mistakesOf({ REDIS_CREDENTIAL: 'entra', REDIS_URL: 'redis://bot:hunter2@cache' })).toEqual([
      'REDIS_URL: expected no password, because REDIS_CREDENTIAL is entra; got one',
      "REDIS_URL: expected the object id of the bot's identity (a GUID) as the user, because REDIS_CREDENTIAL is entra",
      'REDIS_URL: expected rediss://, because REDIS_CREDENTIAL is entra; got redis://',
    ]);
    expect(mistakesOf({ REDIS_CREDENTIAL: 'entra', REDIS_URL: 'http://cache' })).toHaveLength(1);
    expect(mistakesOf({ REDIS_CREDENTIAL: 'azure' })).toEqual([
      'REDIS_CREDENTIAL: expected one of password, entra, got "azure"',
    ]);
  });

  it('refuses one port for two servers, but not "any free port" twice', () => {
    expect(mistakesOf({ ADMIN_PORT: '3000' })).toEqual([
      'PORT, ADMIN_PORT: expected two different ports, got 3000 for both',
    ]);
    expect(mistakesOf({ PORT: '0', ADMIN_PORT: '0' })).toEqual([]);
  });

  it.each([
    'http://localhost:1/api',
    'http://127.0.0.1:1/api',
    'http://[::1]:1/api',
    'https://slack.test/api',
  ])('takes %s for Slack and ends it with a slash', (address) => {
    expect(settingsOf({ SLACK_API_URL: address }).slack.apiUrl).toBe(`${address}/`);
  });

  it('takes the name of a credential in any case', () => {
    expect(mistakesOf({ AZURE_TOKEN_CREDENTIALS: 'managedidentitycredential' })).toEqual([]);
  });

  it('explains every variable', () => {
    for (const { name, meaning } of settingsTable) expect([name, meaning]).not.toContain('');
  });
});
