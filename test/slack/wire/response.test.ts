import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { wayOut } from '../../../src/net/way-out.ts';
import { barChart } from '../../../src/slack/kit/chart.ts';
import type { Message } from '../../../src/slack/kit/message.ts';
import type { Respond } from '../../../src/slack/wire/response.ts';
import { responder } from '../../../src/slack/wire/response.ts';
import type { ListeningBot } from '../../simulator/slack/listening-bot.ts';
import { listeningBot } from '../../simulator/slack/listening-bot.ts';
import { current } from '../../simulator/slack/messages.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { minute, noon } from '../../support/build.ts';

const list: Message = {
  text: 'one session',
  blocks: [
    {
      type: 'actions',
      block_id: 'buttons',
      elements: [{ type: 'button', action_id: 'refresh', text: { type: 'plain_text', text: 'Refresh' } }],
    },
  ],
};

let slack: SlackSimulator;
let bot: ListeningBot;
let now: number;

const respond: Respond = async (...args) =>
  responder({ out: wayOut(), apiUrl: slack.environment.SLACK_API_URL })(...args);
const urlOfCommand = async () => {
  await slack.as('U0ALICE').command('/bastion sessions');
  return bot.latest('response_url');
};
const urlOfPress = async () => {
  await respond(await urlOfCommand(), list);
  await slack.as('U0ALICE').press(await slack.as('U0ALICE').nextEphemeral(), 'Refresh');
  return bot.latest('response_url');
};

beforeEach(async () => {
  now = noon;
  slack = await startSlack({ clock: () => now });
  bot = await listeningBot();
  slack.connect(bot.url);
});
afterEach(async () => {
  await bot.stop();
  await slack.stop();
});

describe('an answer with a chart', () => {
  const chart = barChart(
    { title: 'Ended sessions', unit: 'Sessions' },
    ['22 Nov'],
    new Map([['By the bot', [3]]]),
  );
  const withChart: Message = { text: 'three ended', blocks: [...list.blocks, chart] };
  const shown = () => slack.as('U0ALICE').ephemerals.map((one) => current(one).blocks.length);

  it('shows it where Slack takes it', async () => {
    expect(await respond(await urlOfCommand(), withChart)).toEqual({ ok: true });
    expect(shown()).toEqual([2]);
  });

  it.each([
    { status: 400, body: '{"ok":false,"error":"invalid_blocks"}' },
    { status: 400, body: 'invalid_blocks' },
  ])('draws it in characters where Slack refuses it: %j', async (instead) => {
    const url = await urlOfCommand();
    slack.fault({ method: 'response_url', times: 1, instead });
    expect(await respond(url, withChart)).toEqual({ ok: true });
    expect(shown()).toEqual([2]);
    expect(JSON.stringify(slack.as('U0ALICE').ephemerals)).toContain('22 Nov ███ 3');
  });

  it('is not said twice where the first answer may have arrived', async () => {
    const url = await urlOfCommand();
    const fault = slack.fault({ method: 'response_url', instead: { status: 503 } });
    expect(await respond(url, withChart)).toEqual({ ok: false, why: 'unsure' });
    expect(fault.hits).toBe(1);
  });
});

describe('an answer to a command', () => {
  it('is for the person alone', async () => {
    expect(await respond(await urlOfCommand(), list)).toEqual({ ok: true });
    expect(slack.as('U0ALICE').ephemerals.map(current)).toMatchObject([{ text: 'one session' }]);
    expect(slack.as('U0BOB').messages()).toEqual([]);
  });

  it('replaces nothing, even when asked to', async () => {
    const url = await urlOfCommand();
    await respond(url, list);
    await respond(url, { ...list, text: 'two sessions' }, { replaceOriginal: true });
    expect(slack.as('U0ALICE').ephemerals).toHaveLength(2);
  });

  it('is taken five times', async () => {
    const url = await urlOfCommand();
    for (const _ of [1, 2, 3, 4, 5]) expect(await respond(url, list)).toEqual({ ok: true });
    expect(await respond(url, list)).toEqual({ ok: false, why: 'refused', code: 'used_url' });
  });

  it('is taken for half an hour', async () => {
    const url = await urlOfCommand();
    now += 30 * minute + 1;
    expect(await respond(url, list)).toEqual({ ok: false, why: 'refused', code: 'expired_url' });
  });
});

describe('an answer to a press', () => {
  it('takes the place of what was pressed on', async () => {
    await respond(await urlOfPress(), { ...list, text: 'two sessions' }, { replaceOriginal: true });
    const [message, ...others] = slack.as('U0ALICE').ephemerals;
    expect(others).toEqual([]);
    expect(message?.versions.map((version) => version.text)).toEqual(['one session', 'two sessions']);
  });

  it('stands beside it unless asked to replace it', async () => {
    await respond(await urlOfPress(), { ...list, text: 'not you' });
    expect(slack.as('U0ALICE').ephemerals).toHaveLength(2);
  });

  it('removes it', async () => {
    await respond(await urlOfPress(), list, { deleteOriginal: true });
    expect(slack.as('U0ALICE').ephemerals).toEqual([]);
  });
});

describe('an answer that does not arrive', () => {
  it('says what Slack does not take', async () => {
    const header = { type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } };
    const result = await respond(await urlOfCommand(), { ...list, blocks: [header] });
    expect(result).toEqual({ ok: false, why: 'refused', code: 'invalid_blocks' });
  });

  it.each([['hang' as const], ['reset' as const], [{ status: 502 }]])(
    'is unsure after %p',
    async (instead) => {
      const url = await urlOfCommand();
      slack.fault({ method: 'response_url', instead });
      const impatient = responder({ out: wayOut(), apiUrl: slack.environment.SLACK_API_URL, timeoutMs: 200 });
      expect(await impatient(url, list)).toEqual({ ok: false, why: 'unsure' });
      expect(slack.requests.count('response_url')).toBe(1);
    },
  );

  it('is known not to have left when nobody listens', async () => {
    const url = await urlOfCommand();
    await slack.stop();
    expect(await respond(url, list)).toEqual({ ok: false, why: 'unreachable' });
    slack = await startSlack();
  });

  it('is not sent to a foreign address', async () => {
    const result = await respond('http://127.0.0.1:9/commands/T0/1', list);
    expect(result).toEqual({ ok: false, why: 'foreign-address' });
  });
});
