import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { wayOut } from '../../../src/net/way-out.ts';
import type { ChannelStanding } from '../../../src/slack/delivery/channel-standing.ts';
import { channelStandings } from '../../../src/slack/delivery/channel-standing.ts';
import { webClient } from '../../../src/slack/wire/web-client.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { minute, noon } from '../../support/build.ts';
import { logLines } from '../../support/log-lines.ts';

let slack: SlackSimulator;
let now: number;
let standingOf: (channel: string) => Promise<ChannelStanding>;
let logged: ReturnType<typeof logLines>;

beforeEach(async () => {
  slack = await startSlack({
    channels: [
      { id: 'C0ALERTS', name: 'alerts' },
      { id: 'C0PARTNER', name: 'with-partner', isShared: true },
      { id: 'G0SECRET', name: 'secret', kind: 'private', botIsMember: false },
    ],
  });
  now = noon;
  logged = logLines();
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = slack.environment;
  const client = webClient({ token, apiUrl, timeoutMs: 2000, retries: 0, out: wayOut(), log: logged.log });
  standingOf = channelStandings({ client, clock: () => now, log: logged.log });
});
afterEach(async () => slack.stop());

describe('the standing of a channel', () => {
  const asked = () => slack.requests.count('conversations.info');

  it('tells our own from one that another company reads', async () => {
    expect(await standingOf('C0ALERTS')).toEqual({ is: 'ours' });
    expect(await standingOf('C0PARTNER')).toEqual({ is: 'shared' });
    expect(logged.lines.map(({ level, fields }) => [level, fields['channel']])).toEqual([
      ['error', 'C0PARTNER'],
    ]);
  });

  it('is asked for again after five minutes', async () => {
    await Promise.all([1, 2, 3].map(async () => standingOf('C0ALERTS')));
    slack.channel('C0ALERTS').settings.isShared = true;
    now += 5 * minute - 1;
    expect(await standingOf('C0ALERTS')).toEqual({ is: 'ours' });
    expect(asked()).toBe(1);
    now += 1;
    expect(await standingOf('C0ALERTS')).toEqual({ is: 'shared' });
  });

  it.each([['ours'], ['shared']] as const)('stays %s while Slack cannot say', async (is) => {
    slack.channel('C0ALERTS').settings.isShared = is === 'shared';
    await standingOf('C0ALERTS');
    now += 5 * minute;
    slack.fault({ method: 'conversations.info', instead: { status: 503 } });
    expect(await standingOf('C0ALERTS')).toEqual({ is });
  });

  it.each([
    ['did not answer', { status: 503 }, { why: 'unreachable' }],
    ['broke half-way', { error: 'fatal_error' }, { why: 'unreachable' }],
    ['wants a pause', { status: 429, headers: { 'retry-after': '3' } }, { retryAt: noon + 3000 }],
  ])('is unknown from the start where Slack %s: nothing was posted then', async (_, instead, failure) => {
    slack.fault({ method: 'conversations.info', times: 1, instead });
    expect(await standingOf('C0ALERTS')).toMatchObject({ is: 'unknown', failure });
    now += 5000;
    expect(await standingOf('C0ALERTS')).toEqual({ is: 'ours' });
  });

  it('is unknown of a private channel without the bot', async () => {
    expect(await standingOf('G0SECRET')).toEqual({
      is: 'unknown',
      failure: { ok: false, why: 'refused', code: 'channel_not_found' },
    });
  });

  it('is unchecked where the app lacks the scope, which it names', async () => {
    slack.token.scopes.delete('channels:read');
    expect(await standingOf('C0ALERTS')).toEqual({ is: 'unchecked', missingScope: 'channels:read' });
  });
});
