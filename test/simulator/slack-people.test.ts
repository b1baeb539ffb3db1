import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { ListeningBot } from './slack/listening-bot.ts';
import { listeningBot } from './slack/listening-bot.ts';
import { current } from './slack/messages.ts';
import { renderText, renderView } from './slack/render/message.ts';
import type { SlackSimulator } from './slack/simulator.ts';
import { startSlack } from './slack/simulator.ts';

let slack: SlackSimulator;
let stops: (() => Promise<unknown>)[];

beforeEach(async () => {
  slack = await startSlack();
  stops = [async () => slack.stop()];
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
});

const button = (label: string, value: string) => ({
  type: 'button' as const,
  action_id: label.toLowerCase(),
  value,
  text: { type: 'plain_text' as const, text: label },
});
const row = (name: string) => ({
  type: 'section' as const,
  text: { type: 'plain_text' as const, text: name },
  accessory: button('Disconnect', name),
});

it('is told what somebody typed as Slack escapes it', async () => {
  const bot = await listeningBot();
  stops.push(async () => bot.stop());
  slack.connect(bot.url);
  await slack.as('U0ALICE').command('/bastion sessions a&b <!channel>');
  expect(bot.latest('text')).toBe('sessions a&amp;b &lt;!channel&gt;');
});

describe('a real Bolt app', () => {
  beforeEach(async () => {
    const {
      SLACK_BOT_TOKEN: token,
      SLACK_SIGNING_SECRET: signingSecret = '',
      SLACK_API_URL,
    } = slack.environment;
    const logLevel = LogLevel.ERROR;
    const receiver = new HTTPReceiver({ signingSecret, logLevel });
    const app = new App({ token, receiver, logLevel, clientOptions: { slackApiUrl: SLACK_API_URL } });
    app.command('/bastion', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'list', blocks: [row('db-1'), row('db-2')] });
    });
    app.action('disconnect', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({
        trigger_id: 'trigger_id' in body ? body.trigger_id : '',
        view: {
          type: 'modal',
          callback_id: 'reason',
          private_metadata: JSON.stringify('actions' in body ? body.actions : []),
          title: { type: 'plain_text', text: 'End db-2' },
          submit: { type: 'plain_text', text: 'Ask' },
          blocks: [
            {
              type: 'input',
              block_id: 'why',
              label: { type: 'plain_text', text: 'Reason' },
              element: { type: 'plain_text_input', action_id: 'text' },
            },
          ],
        },
      });
    });
    app.view('reason', async ({ ack, view, client, body }) => {
      const reason = view.state.values['why']?.['text']?.value ?? '';
      if (reason === 'no') {
        await ack({ response_action: 'errors', errors: { why: 'say more' } });
        return;
      }
      await ack();
      await client.chat.postMessage({ channel: 'C0APPROVE', text: `<@${body.user.id}>: ${reason}` });
    });
    const server = await app.start(0);
    stops.push(async () => app.stop());
    const address = server.address();
    slack.connect(`http://127.0.0.1:${String(typeof address === 'object' ? address?.port : '')}`);
  });

  it('is walked through a command, a press, a modal and a message', async () => {
    const alice = slack.as('U0ALICE');
    expect(await alice.command('/bastion sessions', 'C0ALERTS')).toMatchObject({ ok: true, status: 200 });
    const list = await alice.nextEphemeral();
    expect(renderText(current(list), alice)).toBe('db-1 [Disconnect]\ndb-2 [Disconnect]');

    await expect(alice.press(list, 'Disconnect')).rejects.toThrow('stands 2 times');
    await alice.press(list, 'Disconnect', 'db-2');
    const asked = await slack.changes.until(() => alice.modal);
    expect(asked.content['private_metadata']).toContain('"value":"db-2"');
    expect(renderView(asked.content, alice)).toBe('═ End db-2 ═\nReason: {}\n[Ask]');

    await expect(alice.submit(asked)).rejects.toThrow('has to be filled in');
    await alice.submit(asked, { Reason: 'no' });
    expect(alice.modal?.errors).toEqual({ why: 'say more' });
    await alice.submit(asked, { Reason: 'forgotten since lunch' });
    expect(alice.modal).toBeUndefined();

    await slack.requests.waitFor(({ method }) => method === 'chat.postMessage');
    const [request] = slack.as('U0BOB').messages('C0APPROVE');
    expect(request && renderText(current(request), alice)).toBe('@alice: forgotten since lunch');
    expect(alice.notices).toEqual([]);
  });

  it('refuses what is not signed by Slack, now', async () => {
    const body = 'command=%2Fbastion&text=sessions';
    const statusOf = async (sign: boolean | 'old' | 'wrong') => {
      const answer = await slack.sendRaw({ body, sign });
      return typeof answer === 'string' ? answer : answer.status;
    };
    expect([await statusOf(false), await statusOf('old'), await statusOf('wrong')]).toEqual([401, 401, 401]);
  });
});

describe('deliveries to a bot', () => {
  let bot: ListeningBot;

  beforeEach(async () => {
    bot = await listeningBot();
    stops.push(async () => bot.stop());
    slack.connect(bot.url);
  });

  const publicMessage = async () => {
    const { SLACK_API_URL, SLACK_BOT_TOKEN } = slack.environment;
    await fetch(`${SLACK_API_URL}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0ALERTS', text: 'list', blocks: [row('db-1')] }),
    });
    const [message] = slack.channel('C0ALERTS').messages;
    if (!message) throw new Error('not posted');
    return message;
  };

  it('carry the form that Slack sends, to the letter', async () => {
    await slack.as('U0ALICE').command('/bastion sessions prod', 'C0ALERTS');
    expect(bot.headers[0]?.['content-type']).toBe('application/x-www-form-urlencoded');
    expect(bot.heard[0]).toMatchObject({ command: '/bastion', text: 'sessions prod', user_id: 'U0ALICE' });
  });

  it('of a press say what was pressed, on which message', async () => {
    const message = await publicMessage();
    await slack.as('U0BOB').press(message, 'Disconnect');
    expect(bot.heard).toMatchObject([
      {
        type: 'block_actions',
        user: { id: 'U0BOB' },
        container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
        message: { text: 'list' },
        actions: [{ type: 'button', action_id: 'disconnect', value: 'db-1' }],
      },
    ]);
  });

  it('that fail are shown to the person', async () => {
    bot.answer = { status: 500 };
    const alice = slack.as('U0ALICE');
    expect(await alice.command('/bastion')).toMatchObject({ ok: false, error: 'dispatch_failed' });
    bot.answer = 'silence';
    expect(await alice.command('/bastion')).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(alice.notices).toEqual([
      '/bastion failed with the error "dispatch_failed"',
      '/bastion failed with the error "operation_timeout"',
    ]);
  });

  it('may come twice, with the marks of a repetition', async () => {
    const message = await publicMessage();
    slack.deliveryFault({ type: 'interactive', copies: 2, retryNum: 1, times: 1 });
    await slack.as('U0BOB').press(message, 'Disconnect');
    expect(bot.heard).toHaveLength(2);
    expect(bot.heard[0]).toEqual(bot.heard[1]);
    expect(bot.headers.map((each) => each['x-slack-retry-num'])).toEqual(['1', '1']);
  });

  it('may be heard by the bot although its answer is lost', async () => {
    slack.deliveryFault({ loseAnswer: true });
    expect(await slack.as('U0ALICE').command('/bastion')).toMatchObject({
      ok: false,
      error: 'dispatch_failed',
    });
    expect(bot.heard).toHaveLength(1);
  });

  it('that are answered at once say the answer to the person alone', async () => {
    bot.answer = { body: { text: 'here you are' } };
    await slack.as('U0ALICE').command('/bastion');
    expect(slack.as('U0ALICE').ephemerals.map(current)).toMatchObject([{ text: 'here you are' }]);
  });

  it('answer a submission with the next modal, or with one that Slack refuses', async () => {
    const alice = slack.as('U0ALICE');
    await alice.command('/bastion');
    const title = { type: 'plain_text', text: 'One' };
    const view = { type: 'modal', title, submit: title, blocks: [{ type: 'divider' }] };
    await fetch(`${slack.environment.SLACK_API_URL}views.open`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.environment.SLACK_BOT_TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ trigger_id: bot.latest('trigger_id'), view }),
    });
    const titles = () => alice.modals.map((open) => open.content['title']);
    const [opened] = alice.modals;
    if (!opened) throw new Error('not opened');
    bot.answer = {
      body: { response_action: 'update', view: { ...view, title: { ...title, text: 'Two' } } },
    };
    await alice.submit(opened);
    expect(titles()).toMatchObject([{ text: 'Two' }]);
    bot.answer = { body: { response_action: 'update', view: { type: 'modal', blocks: [] } } };
    await alice.submit(opened);
    expect(titles()).toMatchObject([{ text: 'Two' }]);
    expect(alice.notices).toEqual(['We had some trouble connecting. Try again?']);
  });
});
