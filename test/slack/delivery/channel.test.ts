import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CardContent } from '../../../src/domain/cards/content.ts';
import { wayOut } from '../../../src/net/way-out.ts';
import type { Channel } from '../../../src/ports/channel.ts';
import { slackChannel } from '../../../src/slack/delivery/channel.ts';
import type { ChannelStanding } from '../../../src/slack/delivery/channel-standing.ts';
import type { Message } from '../../../src/slack/kit/message.ts';
import { webClient } from '../../../src/slack/wire/web-client.ts';
import { current } from '../../simulator/slack/messages.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { anAlert, aRequest, noon } from '../../support/build.ts';
import { logLines } from '../../support/log-lines.ts';

const alert: CardContent = { card: 'alert', alert: anAlert({ id: 'a1' }), approval: 'required' };
const hello: Message = {
  text: 'alice has been on db-1 for 9 hours',
  blocks: [{ type: 'section', block_id: 'facts', text: { type: 'plain_text', text: 'since noon' } }],
};
const place = { channel: 'C0ALERTS' };

let slack: SlackSimulator;
let shown: Message;
let logged: ReturnType<typeof logLines>;
let ahead: number;
let standing: ChannelStanding;

const channelAt = (apiUrl: string, timeoutMs = 5000): Channel =>
  slackChannel({
    client: webClient({
      out: wayOut(),
      token: slack.environment.SLACK_BOT_TOKEN,
      apiUrl,
      timeoutMs,
      retries: 0,
      log: logged.log,
    }),
    render: () => shown,
    standingOf: async () => standing,
    clock: () => noon,
    log: logged.log,
  });
const channel = () => channelAt(slack.environment.SLACK_API_URL);
const posted = async () => {
  const result = await channel().post(place, alert);
  if (!result.ok) throw new Error(result.why);
  return result.message;
};

beforeEach(async () => {
  ahead = 0;
  standing = { is: 'ours' };
  slack = await startSlack({ clock: () => Date.now() + ahead });
  shown = hello;
  logged = logLines();
});
afterEach(async () => slack.stop());

describe('a post', () => {
  it('shows text and blocks, unfurls nothing, and carries ids alone as metadata', async () => {
    await posted();
    const [message] = slack.channel('C0ALERTS').messages;
    expect(message?.versions[0]).toMatchObject({ text: hello.text, blocks: hello.blocks });
    expect(message?.versions[0].metadata).toEqual({
      event_type: 'bastion_card',
      event_payload: { card: 'alert/a1/alerts' },
    });
    expect(slack.requests.all[0]?.args).toMatchObject({
      mrkdwn: 'false',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
  });

  it('to a person arrives in their conversation with the bot, and can be edited there', async () => {
    const request = aRequest({ id: 'r1' });
    const result = await channel().post({ user: 'U0BOB' }, { card: 'outcome', request });
    expect(result).toMatchObject({ ok: true, message: { channel: 'D0BOB' } });
    const [message] = slack.as('U0BOB').direct;
    expect(message?.versions[0].metadata).toMatchObject({ event_payload: { card: 'request/r1/requester' } });
    expect(slack.as('U0ALICE').messages()).toEqual([]);
  });

  it('is refused with the name of the reason', async () => {
    slack.channel('C0ALERTS').settings.botIsMember = false;
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'refused', code: 'not_in_channel' });
    slack.token.scopes.delete('chat:write');
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'refused', code: 'missing_scope' });
  });

  it.each([
    'channel_not_found',
    'is_archived',
    'token_revoked',
    'invalid_auth',
    'account_inactive',
    'restricted_action',
    'user_not_found',
    'messages_tab_disabled',
  ])('that only a person can put right is refused: %s', async (code) => {
    slack.fault({ method: 'chat.postMessage', instead: { error: code } });
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'refused', code });
    expect(slack.requests.count('chat.postMessage')).toBe(1);
  });

  it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'])(
    'that Slack cannot lay out goes out as plain text: %s',
    async (code) => {
      slack.fault({ method: 'chat.postMessage', instead: { error: code }, times: 1 });
      expect(await channel().post(place, alert)).toMatchObject({ ok: true });
      expect(slack.channel('C0ALERTS').messages).toHaveLength(1);
    },
  );

  it.each(['cant_update_message', 'edit_window_closed', 'message_not_found'])(
    'that can be changed no more is gone: %s',
    async (code) => {
      const message = await posted();
      slack.fault({ method: 'chat.update', instead: { error: code } });
      expect(await channel().update(message, alert)).toEqual({ ok: false, why: 'message-gone' });
    },
  );

  it('says until when Slack wants peace', async () => {
    slack.enforceRateLimits(true);
    await posted();
    const second = await channel().post(place, alert);
    expect(second).toEqual({ ok: false, why: 'rate-limited', retryAt: noon + 1000 });
    expect(slack.channel('C0ALERTS').messages).toHaveLength(1);
  });

  it('is unsure when the answer is lost, and never repeats itself', async () => {
    slack.fault({ method: 'chat.postMessage', loseAnswer: true });
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'unsure' });
    expect(slack.channel('C0ALERTS').messages).toHaveLength(1);
    expect(slack.requests.count('chat.postMessage')).toBe(1);
  });

  it.each([
    ['an answer that does not come', { instead: 'hang' as const }],
    ['a server error', { instead: { status: 503 } }],
    ['an error after which anything may have happened', { instead: { error: 'fatal_error' } }],
    ['a page of some proxy', { instead: { status: 200, body: '<html>Sign in</html>' } }],
  ])('is unsure after %s', async (_, fault) => {
    slack.fault({ method: 'chat.postMessage', ...fault });
    const result = await channelAt(slack.environment.SLACK_API_URL, 500).post(place, alert);
    expect(result).toMatchObject({ ok: false, why: 'unsure' });
    expect(slack.requests.count('chat.postMessage')).toBe(1);
  });

  it.each([
    ['a server error', { instead: { status: 503 } }, true],
    ['an error of its own', { instead: { error: 'internal_error' } }, true],
    ['nothing', { instead: 'hang' as const }, undefined],
    ['a lost answer', { loseAnswer: true as const }, undefined],
  ])('that is unsure after %s says whether Slack answers at all', async (_, fault, isAnswered) => {
    slack.fault({ method: 'chat.postMessage', ...fault });
    const result = await channelAt(slack.environment.SLACK_API_URL, 500).post(place, alert);
    expect(result).toEqual({ ok: false, why: 'unsure', ...(isAnswered && { isAnswered }) });
  });

  it.each([
    ['Slack is busy', { instead: { error: 'service_unavailable' } }],
    ['somebody on the way refuses it', { instead: { status: 403, body: 'no' } }],
  ])('was certainly not made when %s', async (_, fault) => {
    slack.fault({ method: 'chat.postMessage', ...fault });
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'unreachable' });
  });

  it('was certainly not made when nobody listens', async () => {
    const deaf = await startSlack();
    await deaf.stop();
    const result = await channelAt(deaf.environment.SLACK_API_URL).post(place, alert);
    expect(result).toEqual({ ok: false, why: 'unreachable' });
  });
});

describe('a card that Slack refuses for its layout', () => {
  const tooLong = { type: 'plain_text' as const, text: 'x'.repeat(3001) };

  it('is posted as plain text, and the log says so', async () => {
    shown = { ...hello, blocks: [{ type: 'section', text: tooLong }] };
    await posted();
    const [message] = slack.channel('C0ALERTS').messages;
    expect(message?.versions[0]).toMatchObject({ text: hello.text, blocks: [] });
    expect(logged.lines).toContainEqual({
      level: 'error',
      fields: { card: 'alert/a1/alerts', code: 'invalid_blocks' },
      event: 'card refused for its layout, sent as plain text',
    });
  });

  it('is posted as plain text even where the refusal has used up the rate', async () => {
    slack.enforceRateLimits(true);
    shown = { ...hello, blocks: [{ type: 'section', text: tooLong }] };
    const cards = channel();
    expect(await cards.post(place, alert)).toMatchObject({ why: 'rate-limited' });
    ahead += 1000;
    expect(await cards.post(place, alert)).toMatchObject({ ok: true });
    ahead += 1000;
    shown = hello;
    await cards.post(place, alert);
    const shapes = slack.channel('C0ALERTS').messages.map((message) => current(message).blocks.length);
    expect(shapes).toEqual([0, 1]);
  });

  it('is edited to plain text when all its blocks together are too much', async () => {
    const message = await posted();
    const section = { type: 'section' as const, text: { ...tooLong, text: 'x'.repeat(2900) } };
    shown = { text: 'still there', blocks: Array.from({ length: 5 }, () => section) };
    expect(await channel().update(message, alert)).toEqual({ ok: true });
    expect(slack.channel('C0ALERTS').messages.map(current)).toMatchObject([
      { text: 'still there', blocks: [] },
    ]);
  });
});

describe('an update', () => {
  it('replaces text and blocks in place', async () => {
    const message = await posted();
    shown = { text: 'ended', blocks: [{ type: 'divider', block_id: 'line' }] };
    expect(await channel().update(message, alert)).toEqual({ ok: true });
    const [edited, ...others] = slack.channel('C0ALERTS').messages;
    expect(others).toEqual([]);
    expect(edited?.versions).toHaveLength(2);
    expect(edited && current(edited)).toMatchObject(shown);
  });

  it('says when somebody has deleted the message', async () => {
    const message = await posted();
    for (const each of slack.channel('C0ALERTS').messages) slack.deleteMessage(each);
    expect(await channel().update(message, alert)).toEqual({ ok: false, why: 'message-gone' });
  });

  it('is refused in an archived channel', async () => {
    const message = await posted();
    slack.channel('C0ALERTS').settings.isArchived = true;
    expect(await channel().update(message, alert)).toEqual({
      ok: false,
      why: 'refused',
      code: 'is_inactive',
    });
  });

  it('is told when to come back, while other channels go on', async () => {
    const message = await posted();
    slack.fault({
      method: 'chat.update',
      channel: 'C0ALERTS',
      instead: { status: 429, headers: { 'retry-after': '7' } },
    });
    expect(await channel().update(message, alert)).toMatchObject({ retryAt: noon + 7000 });
    const elsewhere = await channel().post({ channel: 'C0APPROVE' }, alert);
    expect(elsewhere.ok).toBe(true);
  });
});

describe('a reply', () => {
  it('stands in the thread of its card, where it is found again', async () => {
    slack.token.scopes.add('channels:history');
    const card = await posted();
    const thread = { ...place, thread: card.message };
    const steps: CardContent = { card: 'alert-steps', alert: anAlert({ id: 'a1' }) };
    const reply = await channel().post(thread, steps);
    if (!reply.ok) throw new Error(reply.why);
    expect(slack.channel('C0ALERTS').messages.map(({ threadTs }) => threadTs)).toEqual([
      undefined,
      card.message,
    ]);
    expect(await channel().find(thread, steps, Date.now())).toEqual({ ok: true, messages: [reply.message] });
    expect(reply.message.thread).toBe(card.message);
    expect(await channel().find(thread, alert, Date.now())).toEqual({ ok: true, messages: [card] });
  });
});

describe('a reply to a message that somebody deleted', () => {
  const steps: CardContent = { card: 'alert-steps', alert: anAlert({ id: 'a1' }) };
  const withoutParent = async () => {
    slack.token.scopes.add('channels:history');
    const card = await posted();
    for (const each of slack.channel('C0ALERTS').messages) slack.deleteMessage(each);
    return { ...place, thread: card.message };
  };

  it('stands in the channel for itself, and says so', async () => {
    const reply = await channel().post(await withoutParent(), steps);
    const [message] = slack.channel('C0ALERTS').messages;
    expect(message?.threadTs).toBeUndefined();
    expect(reply).toEqual({
      ok: true,
      isStray: true,
      message: { channel: 'C0ALERTS', message: message?.ts },
    });
  });

  it('is found as a stray where the answer was lost', async () => {
    const thread = await withoutParent();
    slack.fault({ method: 'chat.postMessage', loseAnswer: true });
    await channel().post(thread, steps);
    const [stray] = slack.channel('C0ALERTS').messages;
    expect(await channel().find(thread, steps, Date.now())).toEqual({
      ok: true,
      messages: [],
      strays: [{ channel: 'C0ALERTS', message: stray?.ts }],
    });
  });
});

describe('a card that is in another channel now', () => {
  it('leaves behind what it was about and where it is, and offers nothing', async () => {
    const button = {
      type: 'button' as const,
      action_id: 'act',
      text: { type: 'plain_text' as const, text: 'Act' },
    };
    shown = {
      text: 'alice has been on db-1 for 9 hours. Open, as seen at noon.',
      blocks: [...hello.blocks, { type: 'actions', elements: [button] }],
    };
    const message = await posted();
    expect(await channel().sayMoved(message, alert, 'C0APPROVE')).toEqual({ ok: true });
    const [left] = slack.channel('C0ALERTS').messages;
    expect(left && current(left)).toMatchObject({
      text: 'Moved to another channel: alice has been on db-1 for 9 hours',
      blocks: [
        ...hello.blocks,
        {
          type: 'rich_text',
          elements: [
            {
              elements: [
                { type: 'text', text: 'Moved to ' },
                { type: 'channel', channel_id: 'C0APPROVE' },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('a channel shared with another company', () => {
  const shared = { ok: false, why: 'shared-channel' };

  it('gets neither a post nor an edit', async () => {
    const message = await posted();
    standing = { is: 'shared' };
    expect(await channel().post(place, alert)).toEqual(shared);
    expect(await channel().update(message, alert)).toEqual(shared);
    expect(slack.channel('C0ALERTS').messages.map(({ versions }) => versions.length)).toEqual([1]);
  });

  it('stops no direct message', async () => {
    standing = { is: 'shared' };
    const sent = await channel().post({ user: 'U0ALICE' }, alert);
    if (!sent.ok) throw new Error(sent.why);
    expect(await channel().update(sent.message, alert)).toEqual({ ok: true });
  });

  it('is not posted in while nobody knows whether it is one, and is where nobody may ask', async () => {
    standing = { is: 'unknown', failure: { ok: false, why: 'unreachable' } };
    expect(await channel().post(place, alert)).toEqual({ ok: false, why: 'unreachable' });
    standing = { is: 'unchecked', missingScope: 'channels:read' };
    expect(await channel().post(place, alert)).toMatchObject({ ok: true });
  });
});

it('logs neither tokens nor bodies', async () => {
  slack.fault({ method: 'chat.postMessage', instead: { status: 500 }, times: 1 });
  await channel().post(place, alert);
  await posted();
  const log = JSON.stringify(logged.lines);
  expect(log).not.toContain(slack.environment.SLACK_BOT_TOKEN);
  expect(log).not.toContain(hello.text);
});
