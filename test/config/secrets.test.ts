import { describe, expect, it } from '@jest/globals';
import { withdrawSecrets } from '../../src/config/secrets.ts';

describe('the environment that libraries and their children see', () => {
  it('has no secret of ours, and all that signs in to Azure', () => {
    const rest = {
      PATH: '/bin',
      AZURE_CLIENT_SECRET: 'of the application',
      AZURE_CONFIG_DIR: '/home/bot/.azure',
      HTTP_PROXY: 'http://proxy.corp:3128',
      NO_PROXY: 'db.corp',
      SLACK_API_URL: 'https://slack.com/api/',
    };
    const env = {
      ...rest,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'signing',
      SLACK_APP_TOKEN: 'xapp-1',
      REDIS_URL: 'rediss://:key@db',
      HTTPS_PROXY: 'http://bot:word@proxy.corp:3128',
      https_proxy: 'http://bot:word@proxy.corp:3128',
      all_proxy: 'http://bot:word@proxy.corp:3128',
    };
    withdrawSecrets(env);
    expect(env).toEqual(rest);
  });

  it('keeps the address of a proxy that asks for no password', () => {
    const env = { HTTPS_PROXY: 'http://proxy.corp:3128' };
    withdrawSecrets(env);
    expect(env).toEqual({ HTTPS_PROXY: 'http://proxy.corp:3128' });
  });
});
