import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CardContent } from '../../../src/domain/cards/content.ts';
import { wayOut } from '../../../src/net/way-out.ts';
import type { Channel } from '../../../src/ports/channel.ts';
import { slackChannel } from '../../../src/slack/delivery/channel.ts';
import { webClient } from '../../../src/slack/wire/web-client.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { anAlert, aRequest, noon } from '../../support/build.ts';
import { logLines } from '../../support/log-lines.ts';

const alert = (id: string): CardContent => ({ card: 'alert', alert: anAlert({ id }), approval: 'required' });
const place = { channel: 'C0ALERTS' };

let slack: SlackSimulator;
let channel: Channel;
let now: number;

beforeEach(async () => {
  now = noon;
  slack = await startSlack({ clock: () => now });
  for (const kind of ['channels', 'groups', 'im']) slack.token.scopes.add(`${kind}:history`);
  const { log } = logLines();
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = slack.environment;
  channel = slackChannel({
    client: webClient({ token, apiUrl, timeoutMs: 5000, retries: 0, out: wayOut(), log }),
    render: () => ({ text: 'a card', blocks: [] }),
    standingOf: async () => ({ is: 'ours' }),
    clock: () => now,
    log,
  });
});
afterEach(async () => slack.stop());

describe('a post whose answer was lost', () => {
  it('is found by its card, and no other is', async () => {
    await channel.post(place, alert('a1'));
    await channel.post(place, alert('a2'));
    const [first] = slack.channel('C0ALERTS').messages;
    const messages = [{ channel: 'C0ALERTS', message: first?.ts }];
    expect(await channel.find(place, alert('a1'), noon)).toEqual({ ok: true, messages });
    expect(await channel.find(place, alert('a3'), noon)).toEqual({ ok: true, messages: [] });
  });

  it('is found as often as it was made, the oldest first', async () => {
    await channel.post(place, alert('a1'));
    now += 1000;
    await channel.post(place, alert('a1'));
    const found = await channel.find(place, alert('a1'), noon);
    const sent = slack.channel('C0ALERTS').messages.map(({ ts }) => ts);
    expect(found.ok && found.messages.map(({ message }) => message)).toEqual(sent);
  });

  it.each([-5, 5])('is found where the clock that announced it was %d minutes off', async (minutes) => {
    await channel.post(place, alert('a1'));
    const found = await channel.find(place, alert('a1'), noon + minutes * 60_000);
    expect(found.ok && found.messages).toHaveLength(1);
  });

  it('is not looked for among what was said long before', async () => {
    await channel.post(place, alert('a1'));
    expect(await channel.find(place, alert('a1'), noon + 10 * 60_000)).toEqual({ ok: true, messages: [] });
  });

  it('to a person is found in their conversation with the bot', async () => {
    const content: CardContent = { card: 'outcome', request: aRequest({ id: 'r1' }) };
    await channel.post({ user: 'U0BOB' }, content);
    const found = await channel.find({ user: 'U0BOB' }, content, noon);
    expect(found).toMatchObject({ ok: true, messages: [{ channel: 'D0BOB' }] });
  });

  it.each([
    [place, 'channels:history'],
    [{ user: 'U0BOB' }, 'im:history'],
  ])('cannot be found without the scope: %j', async (where, scope) => {
    slack.token.scopes.delete(scope);
    expect(await channel.find(where, alert('a1'), noon)).toEqual({ ok: false, why: 'may-not-read' });
  });
});

describe('a message that bears the mark of a card and is somebody else’s', () => {
  const markOf = (card: string) => ({
    text: 'a card',
    blocks: [],
    metadata: { event_type: 'bastion_card', event_payload: { card } },
  });

  it.each([
    ['a person', { userId: 'U0CAROL' }],
    ['another app', { userId: 'U0OTHERBOT', botId: 'B0OTHER', appId: 'A0OTHER' }],
  ])('is not taken for the card: %s', async (_, by) => {
    slack.say('C0ALERTS', by, markOf('alert/a1/alerts'));
    expect(await channel.find(place, alert('a1'), noon)).toEqual({ ok: true, messages: [] });
    await channel.post(place, alert('a1'));
    const ours = slack.channel('C0ALERTS').messages.find((message) => message.by === undefined);
    const messages = [{ channel: 'C0ALERTS', message: ours?.ts }];
    expect(await channel.find(place, alert('a1'), noon)).toEqual({ ok: true, messages });
  });

  it('is neither edited nor deleted', async () => {
    const { ts } = slack.say('C0ALERTS', { userId: 'U0CAROL' }, markOf('alert/a1/alerts'));
    const ref = { channel: 'C0ALERTS', message: ts };
    expect(await channel.update(ref, alert('a1'))).toEqual({ ok: false, why: 'message-gone' });
    expect(await channel.delete(ref)).toEqual({ ok: false, why: 'message-gone' });
  });

  it('is told from the bot’s own by one question, asked until it is answered', async () => {
    const limit = slack.fault({ method: 'auth.test', instead: { error: 'service_unavailable' }, times: 1 });
    await channel.post(place, alert('a1'));
    expect(await channel.find(place, alert('a1'), noon)).toEqual({ ok: false, why: 'unreachable' });
    for (let time = 0; time < 3; time += 1) {
      expect(await channel.find(place, alert('a1'), noon)).toMatchObject({ ok: true, messages: [{}] });
    }
    expect(limit.hits).toBe(1);
    expect(slack.requests.count('auth.test')).toBe(2);
  });
});

describe('a message that is there twice', () => {
  it('is deleted', async () => {
    await channel.post(place, alert('a1'));
    const [message] = slack.channel('C0ALERTS').messages;
    const ref = { channel: 'C0ALERTS', message: message?.ts ?? '' };
    expect(await channel.delete(ref)).toEqual({ ok: true });
    expect(slack.channel('C0ALERTS').messages).toEqual([]);
    expect(await channel.delete(ref)).toEqual({ ok: false, why: 'message-gone' });
  });
});

describe('what an error of Slack means for an edit', () => {
  it.each([
    ['channel_not_found', { why: 'refused' }],
    ['not_in_channel', { why: 'refused' }],
    ['is_archived', { why: 'refused' }],
    ['is_inactive', { why: 'refused' }],
    ['token_revoked', { why: 'refused' }],
    ['token_expired', { why: 'refused' }],
    ['account_inactive', { why: 'refused' }],
    ['invalid_auth', { why: 'refused' }],
    ['missing_scope', { why: 'refused' }],
    ['no_permission', { why: 'refused' }],
    ['restricted_action', { why: 'refused' }],
    ['messages_tab_disabled', { why: 'refused' }],
    ['user_not_found', { why: 'refused' }],
    ['an_error_of_tomorrow', { why: 'refused' }],
    ['message_not_found', { why: 'message-gone' }],
    ['cant_update_message', { why: 'message-gone' }],
    ['edit_window_closed', { why: 'message-gone' }],
    ['ratelimited', { why: 'rate-limited', retryAt: noon + 30_000 }],
    ['service_unavailable', { why: 'unreachable' }],
    ['request_timeout', { why: 'unreachable' }],
    ['internal_error', { why: 'unsure', isAnswered: true }],
    ['fatal_error', { why: 'unsure', isAnswered: true }],
  ])('%s', async (code, expected) => {
    slack.fault({ method: 'chat.update', instead: { error: code } });
    const answer = await channel.update({ channel: 'C0ALERTS', message: '1.0' }, alert('a1'));
    const named = expected.why === 'refused' ? { code } : {};
    expect(answer).toEqual({ ok: false, ...expected, ...named });
  });

  it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'])(
    '%s is about the layout, so the words go out without it',
    async (code) => {
      const posted = await channel.post(place, alert('a1'));
      if (!posted.ok) throw new Error(posted.why);
      slack.fault({ method: 'chat.update', instead: { error: code }, times: 1 });
      expect(await channel.update(posted.message, alert('a1'))).toEqual({ ok: true });
      expect(slack.requests.count('chat.update')).toBe(2);
    },
  );
});
