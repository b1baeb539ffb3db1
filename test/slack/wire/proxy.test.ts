import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { proxySettings } from '../../../src/config/https-proxy.ts';
import { wayOut } from '../../../src/net/way-out.ts';
import { channelFailure } from '../../../src/slack/wire/failure.ts';
import { responder } from '../../../src/slack/wire/response.ts';
import { socketReceiver } from '../../../src/slack/wire/socket-receiver.ts';
import { checkToken } from '../../../src/slack/wire/token-check.ts';
import { webClient } from '../../../src/slack/wire/web-client.ts';
import { ownOrSharedCertificate } from '../../simulator/azure/shared-certificate.ts';
import { namesBehindProxy } from '../../simulator/certificate.ts';
import type { ConnectProxy } from '../../simulator/proxy/connect-proxy.ts';
import { startConnectProxy } from '../../simulator/proxy/connect-proxy.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { eventually } from '../../support/eventually.ts';
import { logLines } from '../../support/log-lines.ts';

const name = namesBehindProxy.slack;
let slack: SlackSimulator;
let proxy: ConnectProxy;

beforeEach(async () => {
  slack = await startSlack({ behind: { ...(await ownOrSharedCertificate()), name } });
  proxy = await startConnectProxy({ targets: { [`${name}:443`]: slack.port } });
});
afterEach(async () => {
  await Promise.all([slack.stop(), proxy.stop()]);
});

function parts() {
  const out = wayOut(proxySettings(proxy.url, '', {}).proxy, 100);
  const { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: token } = slack.environment;
  const { log, lines } = logLines();
  const client = webClient({ token, apiUrl, timeoutMs: 2000, retries: 0, out, log });
  const listen = () =>
    socketReceiver({
      appToken: 'xapp-1',
      apiUrl,
      out,
      clock: Date.now,
      log,
      admit: () => Promise.resolve('admitted'),
      onState: () => undefined,
      startWithinMs: 1,
    });
  return { client, listen, lines, respond: responder({ apiUrl, out }) };
}

const post = { channel: 'C0ALERTS', text: 'hello' };
const answer = { text: 'hello', blocks: [] };

describe('Slack behind a proxy', () => {
  it('is called and answered through it', async () => {
    const { client, respond } = parts();
    expect(await checkToken(client)).toMatchObject({ is: 'accepted' });
    expect(await client.chat.postMessage(post)).toMatchObject({ ok: true });
    expect(await respond(`https://${name}/commands/T0BASTION/unknown`, answer)).toMatchObject({
      why: 'refused',
    });
    expect(new Set(proxy.made)).toEqual(new Set([`${name}:443`]));
  });

  it.each([{ status: 407 }, { status: 403 }, { status: 502 }, 'hang up', 'hang'] as const)(
    'has certainly not heard what the proxy answered with %j, which may be sent again',
    async (how) => {
      proxy.behave(how);
      const { client, respond } = parts();
      const failure: unknown = await client.chat.postMessage(post).catch((error: unknown) => error);
      expect(channelFailure(failure, 0)).toEqual({ ok: false, why: 'unreachable' });
      expect(await respond(`https://${name}/commands/T0/1`, answer)).toEqual({
        ok: false,
        why: 'unreachable',
      });
      expect(await checkToken(client)).toEqual({
        is: 'unreachable',
        why: expect.stringMatching(/^the proxy 127\.0\.0\.1:\d+ /),
      });
    },
  );

  it.each([
    [{ status: 407 }, /the proxy 127\.0\.0\.1:\d+ refused the connection \(407: it takes a user/],
    ['hang', /the proxy 127\.0\.0\.1:\d+ did not answer in time/],
  ] as const)(
    'is connected to by no socket, and the proxy is named, where it answers %j',
    async (how, why) => {
      proxy.behave(how);
      const { listen, lines } = parts();
      const receiver = listen();
      await receiver.start();
      const told = () => lines.find(({ event }) => event === 'could not connect to Slack');
      await eventually('it is told', () => told() !== undefined);
      await receiver.stop(1000);
      expect(told()).toMatchObject({ level: 'warn', fields: { why: expect.stringMatching(why) } });
    },
  );
});
