import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../../src/config/env.ts';

const enough = { SLACK_BOT_TOKEN: 'xoxb-1-secret', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };

function networkOf(env: Record<string, string>) {
  const read = readEnvironment({ ...enough, ...env });
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  return read.settings.network;
}

function mistakesOf(env: Record<string, string>) {
  const read = readEnvironment({ ...enough, ...env });
  return read.ok ? [] : read.mistakes;
}

const covers = (noProxy: string, host: string, port = 443) =>
  networkOf({ HTTPS_PROXY: 'http://proxy.corp:3128', NO_PROXY: noProxy })?.proxy.covers(host, port);

describe('HTTPS_PROXY', () => {
  it('is none unless it is given, whatever else is', () => {
    expect(networkOf({})).toBeUndefined();
    const others = { HTTPS_PROXY: ' ', NO_PROXY: 'a.example', HTTP_PROXY: 'http://p', ALL_PROXY: 'http://p' };
    expect(networkOf(others)).toBeUndefined();
    expect(readEnvironment({ ...enough, ...others })).toMatchObject({
      settings: { unreadProxies: ['HTTP_PROXY', 'ALL_PROXY'] },
    });
  });

  it.each([
    ['http://proxy.corp:3128', { scheme: 'http', host: 'proxy.corp', port: 3128, name: 'proxy.corp:3128' }],
    ['http://proxy.corp/', { scheme: 'http', host: 'proxy.corp', port: 80, name: 'proxy.corp:80' }],
    ['https://proxy.corp', { scheme: 'https', host: 'proxy.corp', port: 443, name: 'proxy.corp:443' }],
    ['http://[::1]:8080', { scheme: 'http', host: '::1', port: 8080, name: '[::1]:8080' }],
    [
      'http://bot%40corp:p%3Aa%2Fs@proxy.corp:3128',
      {
        scheme: 'http',
        host: 'proxy.corp',
        port: 3128,
        name: 'proxy.corp:3128',
        authorization: `Basic ${btoa('bot@corp:p:a/s')}`,
      },
    ],
  ])('reads %s', (address, proxy) => {
    expect(networkOf({ HTTPS_PROXY: address })?.proxy).toEqual({ ...proxy, covers: expect.any(Function) });
  });

  it('may be in lower case, which counts where both are there', () => {
    expect(networkOf({ https_proxy: 'http://lower:1' })?.proxy.name).toBe('lower:1');
    expect(networkOf({ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' })?.proxy.name).toBe(
      'lower:1',
    );
    expect(networkOf({ https_proxy: '', HTTPS_PROXY: 'http://upper:1' })?.proxy.name).toBe('upper:1');
    const both = { HTTPS_PROXY: 'http://p:1', no_proxy: 'a.example', NO_PROXY: 'b.example' };
    expect(['a.example', 'b.example'].map((host) => networkOf(both)?.proxy.covers(host, 443))).toEqual([
      false,
      true,
    ]);
  });

  it.each([
    'bot:pass-word@proxy.corp:3128',
    'proxy.corp:3128',
    'socks5://bot:pass-word@proxy.corp:1080',
    'http://bot:pass-word@',
    'http://bot:12/pass-word@proxy.corp:3128',
    'http://bot:pass-word%zz@proxy.corp:3128',
    'http://proxy.corp:3128/path?pass-word',
    'http://proxy.corp:99999',
  ])('is a mistake that stops the start as %s, and is not shown', (address) => {
    const mistakes = mistakesOf({ HTTPS_PROXY: address });
    expect(mistakes).toEqual([
      'HTTPS_PROXY: expected an http:// or https:// URL with a host, a user and a password percent-encoded, got something else (not shown)',
    ]);
  });
});

describe('NO_PROXY', () => {
  it.each<[string, string, number?]>([
    ['*', 'slack.com'],
    ['slack.com', 'slack.com'],
    ['a.example, SLACK.com', 'slack.com'],
    ['a.example slack.com', 'SLACK.COM'],
    ['slack.com.', 'slack.com'],
    ['.slack.com', 'hooks.slack.com'],
    ['.slack.com', 'slack.com'],
    ['*.slack.com', 'hooks.slack.com'],
    ['slack.com:443', 'slack.com'],
    ['.slack.com:8443', 'hooks.slack.com', 8443],
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:8443', '192.0.2.7', 8443],
    ['10.0.0.0/8', '10.255.0.1'],
    ['2001:db8::/32', '2001:db8:1::7'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:0db8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]:8443', '2001:db8::1', 8443],
  ])('%s means %s', (noProxy, host, port = 443) => {
    expect(covers(noProxy, host, port)).toBe(false);
    expect(covers('', host, port)).toBe(true);
  });

  it.each<[string, string, number?]>([
    ['slack.com', 'hooks.slack.com'],
    ['slack.com', 'notslack.com'],
    ['.slack.com', 'notslack.com'],
    ['slack.com:8443', 'slack.com'],
    ['192.0.2.7', '192.0.2.70'],
    ['10.0.0.0/8', '11.0.0.1'],
    ['10.0.0.0/8', '10.example.com'],
    ['10.0.0.0/99', '10.0.0.1'],
    ['http://slack.com', 'slack.com'],
  ])('%s does not mean %s', (noProxy, host, port = 443) => {
    expect(covers(noProxy, host, port)).toBe(true);
  });

  it('names the entries that mean nothing', () => {
    const env = { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'slack.com, http://a.example,10.0.0.0/99,,a*b' };
    expect(networkOf(env)?.ignored).toEqual(['http://a.example', '10.0.0.0/99', 'a*b']);
  });

  it.each(['localhost', 'bot.localhost', '127.0.0.1', '127.9.9.9', '::1', '169.254.169.254', 'fe80::1'])(
    'need not name %s',
    (host) => expect(covers('', host)).toBe(false),
  );

  it('need not name what hands out the identity', () => {
    const env = {
      HTTPS_PROXY: 'http://p:1',
      IDENTITY_ENDPOINT: 'https://10.0.0.4:2377/metadata/identity/oauth2/token',
      AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://identity.internal',
      IMDS_ENDPOINT: 'http://[fd00::4]',
      MSI_ENDPOINT: 'no address',
    };
    for (const host of ['10.0.0.4', 'identity.internal', 'fd00::4']) {
      expect(networkOf(env)?.proxy.covers(host, 443)).toBe(false);
    }
    expect(networkOf(env)?.proxy.covers('10.0.0.5', 443)).toBe(true);
  });
});
