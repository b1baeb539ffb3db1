import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from '@slack/web-api';
import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { ListeningBot } from './slack/listening-bot.ts';
import { listeningBot } from './slack/listening-bot.ts';
import type { SlackSimulator } from './slack/simulator.ts';
import { startSlack } from './slack/simulator.ts';

let slack: SlackSimulator;
let bot: ListeningBot;
let client: WebClient;
let ahead: number;

const nothing = () => undefined;
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
const clientWith = (token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.environment.SLACK_API_URL,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
/** Slack's name for the reason, or `ok`. */
const outcome = async (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof WebAPIPlatformError ? error.data.error : String(error)),
  );
const post = async (more: object = {}) =>
  client.chat.postMessage({ channel: 'C0ALERTS', text: 'hello', ...more });
const posted = async () => (await post()).ts ?? '';
const modal = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'End it?' },
  blocks: [{ type: 'divider' as const }],
};

beforeEach(async () => {
  ahead = 0;
  slack = await startSlack({
    clock: () => Date.now() + ahead,
    channels: [
      { id: 'C0ALERTS', name: 'alerts' },
      { id: 'C0OTHER', name: 'other', botIsMember: false },
      { id: 'C0SECRET', name: 'secret', kind: 'private', botIsMember: false, members: ['U0BOB'] },
    ],
  });
  bot = await listeningBot();
  slack.connect(bot.url);
  client = clientWith(slack.environment.SLACK_BOT_TOKEN);
});
afterEach(async () => {
  await bot.stop();
  await slack.stop();
});

describe('bots.info', () => {
  it('names the app of the bot, with the scope for it', async () => {
    const { bot_id = '' } = await client.auth.test();
    const { bot: info } = await client.bots.info({ bot: bot_id });
    expect(info).toMatchObject({ id: 'B0BASTION', app_id: 'A0BASTION', user_id: 'U0BASTIONBOT' });
    expect(await outcome(client.bots.info({ bot: 'B0NOBODY' }))).toBe('bot_not_found');
    slack.token.scopes.delete('users:read');
    expect(await outcome(client.bots.info({ bot: bot_id }))).toBe('missing_scope');
  });
});

describe('the token', () => {
  it('is needed, and has to be the right one', async () => {
    const response = await fetch(`${slack.environment.SLACK_API_URL}auth.test`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ ok: false, error: 'not_authed' });
    expect(await outcome(clientWith('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await client.auth.test()).toMatchObject({ ok: true, team_id: 'T0BASTION' });
  });

  it('tells its scopes, and needs one for each method', async () => {
    slack.token.scopes.delete('chat:write');
    const { response_metadata } = await client.auth.test();
    expect(response_metadata?.scopes).toEqual([...slack.token.scopes]);
    const error: unknown = await post().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ data: { error: 'missing_scope', needed: 'chat:write' } });
  });

  it('is not kept in the log of requests', async () => {
    await fetch(`${slack.environment.SLACK_API_URL}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: slack.environment.SLACK_BOT_TOKEN }),
    });
    expect(slack.requests.all).toMatchObject([{ method: 'auth.test', outcome: 'ok' }]);
    expect(JSON.stringify(slack.requests.all)).not.toContain(slack.environment.SLACK_BOT_TOKEN);
  });
});

describe('a method', () => {
  it('that is not there is refused by name', async () => {
    expect(await outcome(client.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('takes JSON as well as a form', async () => {
    const response = await fetch(`${slack.environment.SLACK_API_URL}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.environment.SLACK_BOT_TOKEN}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: 'C0ALERTS', text: 'hello', blocks: [{ type: 'divider' }] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, channel: 'C0ALERTS' });
  });

  it('called too often has to wait, each channel for itself', async () => {
    slack.enforceRateLimits(true);
    await post();
    const error: unknown = await post().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WebAPIRateLimitedError);
    expect(error).toMatchObject({ retryAfter: 1 });
    expect((await post({ channel: 'U0BOB' })).ok).toBe(true);
    ahead += 1000;
    expect((await post()).ok).toBe(true);
  });

  it('may be made to fail a number of times', async () => {
    const fault = slack.fault({ method: 'auth.test', times: 2, instead: { error: 'fatal_error' } });
    const outcomes = [];
    for (const _ of [1, 2, 3]) outcomes.push(await outcome(client.auth.test()));
    expect(outcomes).toEqual(['fatal_error', 'fatal_error', 'ok']);
    expect(fault.hits).toBe(2);
  });
});

describe('a message', () => {
  it.each([
    ['C0NOWHERE', 'channel_not_found'],
    ['C0OTHER', 'not_in_channel'],
    ['C0SECRET', 'channel_not_found'],
    ['U0NOBODY', 'channel_not_found'],
    ['U0BOB', 'ok'],
  ])('to %s: %s', async (channel, expected) => {
    expect(await outcome(post({ channel }))).toBe(expected);
  });

  it.each([
    ['nothing in it', { text: '' }, 'no_text'],
    ['a block nobody knows', { blocks: [{ type: 'sektion' }] }, 'invalid_blocks'],
    ['blocks that are no JSON', { blocks: '[{' }, 'invalid_blocks_format'],
    ['too many characters of blocks', { blocks: sections(5, 2900) }, 'msg_blocks_too_long'],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_schema'],
  ])('with %s is refused', async (_, more, expected) => {
    const call = client.apiCall('chat.postMessage', { channel: 'C0ALERTS', text: 'hello', ...more });
    expect(await outcome(call)).toBe(expected);
    expect(slack.messages).toEqual([]);
  });

  it('keeps its history, and loses its blocks with an edit that names none', async () => {
    const { ts = '' } = await post({ blocks: [{ type: 'divider' }] });
    await client.chat.update({ channel: 'C0ALERTS', ts, text: 'edited' });
    const [message] = slack.channel('C0ALERTS').messages;
    expect(message?.versions.map(({ text, blocks }) => [text, blocks.length])).toEqual([
      ['hello', 1],
      ['edited', 0],
    ]);
  });

  it('cannot be edited once it is gone, or to more than 4000 characters', async () => {
    const ts = await posted();
    const edit = async (text: string) => outcome(client.chat.update({ channel: 'C0ALERTS', ts, text }));
    expect(await edit('x'.repeat(4001))).toBe('msg_too_long');
    await client.chat.delete({ channel: 'C0ALERTS', ts });
    expect(await edit('too late')).toBe('message_not_found');
  });

  it('for one person is seen by that person, and cannot be edited', async () => {
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel: 'C0ALERTS',
      user: 'U0ALICE',
      text: 'psst',
    });
    expect(slack.as('U0ALICE').messages('C0ALERTS')).toHaveLength(1);
    expect(slack.as('U0BOB').messages('C0ALERTS')).toEqual([]);
    const edit = client.chat.update({ channel: 'C0ALERTS', ts, text: 'louder' });
    expect(await outcome(edit)).toBe('message_not_found');
  });
});

describe('a modal', () => {
  const trigger = async () => {
    await slack.as('U0ALICE').command('/bastion help');
    return bot.latest('trigger_id');
  };
  const open = async (trigger_id: string) => outcome(client.views.open({ trigger_id, view: modal }));

  it('opens on a trigger, once', async () => {
    const trigger_id = await trigger();
    expect(await open(trigger_id)).toBe('ok');
    expect(slack.as('U0ALICE').modal?.content).toMatchObject({ title: modal.title });
    expect(await open(trigger_id)).toBe('exchanged_trigger_id');
  });

  it('does not open on a trigger older than three seconds, or made up', async () => {
    const trigger_id = await trigger();
    ahead += 3001;
    expect(await open(trigger_id)).toBe('expired_trigger_id');
    expect(await open('1.2.3')).toBe('invalid_trigger_id');
  });

  it('is refused with a title over 24 characters', async () => {
    const view = { ...modal, title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
    const call = client.views.open({ trigger_id: await trigger(), view });
    expect(await outcome(call)).toBe('invalid_arguments');
  });

  it('cannot be updated from an old state, or after it was closed', async () => {
    const { view } = await client.views.open({ trigger_id: await trigger(), view: modal });
    const update = async () =>
      outcome(client.views.update({ view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal }));
    expect(await update()).toBe('ok');
    expect(await update()).toBe('hash_conflict');
    const alice = slack.as('U0ALICE');
    if (alice.modal) await alice.close(alice.modal);
    expect(await update()).toBe('not_found');
  });
});

describe('people and groups', () => {
  it('are known by id and by e-mail', async () => {
    expect(await client.users.info({ user: 'U0BOB' })).toMatchObject({ user: { name: 'bob' } });
    expect(await client.users.lookupByEmail({ email: 'BOB@example.com' })).toMatchObject({
      user: { id: 'U0BOB' },
    });
    expect(await outcome(client.users.lookupByEmail({ email: 'x@example.com' }))).toBe('users_not_found');
    expect(await client.usergroups.users.list({ usergroup: 'S0OPS' })).toMatchObject({
      users: ['U0ALICE', 'U0BOB'],
    });
    expect(await outcome(client.usergroups.users.list({ usergroup: 'S0' }))).toBe('no_such_subteam');
    expect(await client.conversations.open({ users: 'U0BOB' })).toMatchObject({ channel: { id: 'D0BOB' } });
  });
});

function sections(count: number, length: number) {
  const section = { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(length) } };
  return Array.from({ length: count }, () => section);
}
