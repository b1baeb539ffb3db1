import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Page as Window } from 'playwright-core';
import type { Page } from '../demo/page/page.ts';
import { startPage } from '../demo/page/page.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import { field, listField } from '../simulator/slack/json.ts';
import type { ListeningBot } from '../simulator/slack/listening-bot.ts';
import { listeningBot } from '../simulator/slack/listening-bot.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import { eventually } from '../support/eventually.ts';
import type { Windows } from '../support/windows.ts';
import { messageThat, openWindows, type } from '../support/windows.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const three = ['Red', 'Green', 'Blue'].map(option);
const confirm = { title: plain('Sure?'), text: plain('It is done at once.'), confirm: plain('Do it') };
/** 23 November 2026, 09:30 in Berlin. */
const morning = 1_795_422_600;

jest.setTimeout(60_000);

describe('controls of messages, forms and Home', () => {
  let slack: SlackSimulator;
  let azure: AzureSimulator;
  let page: Page;
  let bot: ListeningBot;
  let windows: Windows;
  let window: Window;
  let client: WebClient;

  beforeAll(async () => {
    [slack, azure, bot] = await Promise.all([startSlack(), startAzure(), listeningBot()]);
    slack.connect(bot.url);
    page = await startPage({ slack, azure });
    windows = await openWindows(page);
    window = await windows.open('U0ALICE', 'C0ALERTS');
    client = new WebClient(slack.token.value, { slackApiUrl: slack.environment.SLACK_API_URL });
  });
  afterAll(async () => {
    await windows.close();
    await page.stop();
    await Promise.all([slack.stop(), azure.stop(), bot.stop()]);
  });

  /** What the bot was told of the control that was used last. */
  const used = async (actionId: string) => {
    const last = () => bot.heard.at(-1);
    await eventually(
      `hears of ${actionId}`,
      () => field(listField(last(), 'actions')[0], 'action_id') === actionId,
    );
    return last();
  };

  it('sends what is picked in a message, and says nothing of what is taken back', async () => {
    await client.chat.postMessage({
      channel: 'C0ALERTS',
      text: 'pick',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'static_select', action_id: 'one', placeholder: plain('A colour'), options: three },
            { type: 'multi_static_select', action_id: 'some', placeholder: plain('Colours'), options: three },
            { type: 'users_select', action_id: 'who', placeholder: plain('A person') },
            { type: 'datepicker', action_id: 'day', placeholder: plain('A day') },
            { type: 'datetimepicker', action_id: 'moment', initial_date_time: morning },
            { type: 'checkboxes', action_id: 'boxes', options: three },
            { type: 'radio_buttons', action_id: 'radio', options: three },
            { type: 'overflow', action_id: 'more', options: three, confirm },
          ],
        },
      ],
    });
    await window.getByLabel('A colour').selectOption('Green');
    expect(await used('one')).toMatchObject({ actions: [{ selected_option: { value: 'green' } }] });

    await window.getByRole('main').locator('summary').click();
    const several = window.getByRole('group', { name: 'Colours' });
    await several.getByLabel('Red').check();
    await several.getByLabel('Blue').check();
    await window.keyboard.press('Escape');
    expect(await used('some')).toMatchObject({
      actions: [{ selected_options: [{ value: 'red' }, { value: 'blue' }] }],
    });

    await window.getByLabel('A person').selectOption('Bob');
    expect(await used('who')).toMatchObject({ actions: [{ selected_user: 'U0BOB' }] });
    await window.getByLabel('A day').fill('2026-12-24');
    expect(await used('day')).toMatchObject({ actions: [{ selected_date: '2026-12-24' }] });
    const moment = window.locator('input[type=datetime-local]');
    expect(await moment.inputValue()).toBe('2026-11-23T09:30');
    await moment.fill('2026-07-01T12:00');
    expect(await used('moment')).toMatchObject({
      actions: [{ selected_date_time: Date.UTC(2026, 6, 1, 10) / 1000 }],
    });
    await window.getByRole('main').getByRole('checkbox', { name: 'Green' }).check();
    expect(await used('boxes')).toMatchObject({ actions: [{ selected_options: [{ value: 'green' }] }] });
    await window.getByRole('main').getByRole('radio', { name: 'Blue' }).check();
    expect(await used('radio')).toMatchObject({ actions: [{ selected_option: { value: 'blue' } }] });
  });

  it('opens a menu and a confirmation by the keyboard alone', async () => {
    const heard = bot.heard.length;
    await window.getByRole('button', { name: 'More' }).focus();
    await window.keyboard.press('Enter');
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    await window.getByRole('dialog', { name: 'Sure?' }).waitFor();
    await window.keyboard.press('Escape');
    await window.getByRole('dialog').waitFor({ state: 'detached' });
    expect(bot.heard).toHaveLength(heard);

    await window.keyboard.press('Enter');
    await window.getByRole('menuitem', { name: 'Blue' }).press('Enter');
    await window.getByRole('button', { name: 'Do it' }).press('Enter');
    expect(await used('more')).toMatchObject({ actions: [{ selected_option: { value: 'blue' } }] });
  });

  /** Once the bot has heard it: what was heard before has another one, or none. */
  const triggerOfACommand = async () => {
    const before = bot.heard.length;
    await type(window, '/bastion');
    await eventually('hears the command', () => bot.heard.length > before);
    return bot.latest('trigger_id');
  };

  it('fills in a form, shows what is wrong with it, and closes it', async () => {
    const inputs = [
      ['Why', { type: 'plain_text_input', action_id: 'a', multiline: true, max_length: 20 }],
      ['When', { type: 'datetimepicker', action_id: 'a', initial_date_time: morning }],
      ['Which', { type: 'multi_static_select', action_id: 'a', options: three }],
      ['Where', { type: 'channels_select', action_id: 'a' }],
      ['At', { type: 'timepicker', action_id: 'a', initial_time: '08:15' }],
    ] as const;
    await client.views.open({
      trigger_id: await triggerOfACommand(),
      view: {
        type: 'modal',
        title: plain('A form'),
        submit: plain('Hand in'),
        notify_on_close: true,
        blocks: inputs.map(([label, element]) => ({
          type: 'input',
          block_id: label,
          label: plain(label),
          element: 'options' in element ? { ...element, options: [...element.options] } : element,
        })),
      },
    });
    const form = window.getByRole('dialog', { name: 'A form' });
    bot.answer = { body: { response_action: 'errors', errors: { Why: 'Too short a reason.' } } };
    await form.getByLabel('Why').fill('because');
    await form.getByLabel('Where').selectOption('#approvals');
    await form.locator('summary').click();
    await form.getByRole('checkbox', { name: 'Red' }).check();
    await form.getByRole('button', { name: 'Hand in' }).click();
    await form.getByText('Too short a reason.').waitFor();
    expect(await form.getByLabel('Why').inputValue()).toBe('because');
    expect(bot.heard.at(-1)).toMatchObject({
      view: {
        state: {
          values: {
            Why: { a: { value: 'because' } },
            When: { a: { selected_date_time: morning } },
            Which: { a: { selected_options: [{ value: 'red' }] } },
            Where: { a: { selected_channel: 'C0APPROVE' } },
            At: { a: { selected_time: '08:15' } },
          },
        },
      },
    });
    bot.answer = {};
    await window.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    expect(bot.heard.at(-1)).toMatchObject({ type: 'view_closed' });
  });

  it('sends with a press what stands in the form, and tells apart what reads alike', async () => {
    const alike = ['first', 'second'].map((value) => ({ text: plain('dba on vm-db-1'), value }));
    await client.views.open({
      trigger_id: await triggerOfACommand(),
      view: {
        type: 'modal',
        title: plain('Many lines'),
        submit: plain('Hand in'),
        blocks: [
          {
            type: 'input',
            block_id: 'which',
            optional: true,
            label: plain('Which'),
            element: { type: 'checkboxes', action_id: 'a', options: alike },
          },
          { type: 'actions', elements: [{ type: 'button', action_id: 'again', text: plain('Again') }] },
          ...Array.from({ length: 30 }, () => ({ type: 'section' as const, text: plain('A line.') })),
          {
            type: 'input',
            block_id: 'why',
            label: plain('Why'),
            element: { type: 'plain_text_input', action_id: 'a', multiline: true },
          },
        ],
      },
    });
    const form = window.getByRole('dialog', { name: 'Many lines' });
    await form.getByRole('checkbox').nth(1).check();
    await form.getByRole('button', { name: 'Again' }).click();
    expect(await used('again')).toMatchObject({
      view: { state: { values: { which: { a: { selected_options: [{ value: 'second' }] } } } } },
    });

    await form.getByRole('button', { name: 'Hand in' }).click();
    const error = await form.getByText('Please complete').boundingBox();
    const foot = await form.locator('footer').boundingBox();
    expect((error?.y ?? Infinity) + (error?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0);
    await window.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('shows the Home tab, and what is behind its buttons', async () => {
    await client.views.publish({
      user_id: 'U0ALICE',
      view: {
        type: 'home',
        blocks: [
          { type: 'header', text: plain('At home') },
          { type: 'actions', elements: [{ type: 'button', action_id: 'press', text: plain('Press') }] },
        ],
      },
    });
    await window.getByRole('navigation').getByRole('button', { name: 'Bastion Bot' }).click();
    await window.getByRole('main').getByRole('button', { name: 'Home' }).click();
    await window.getByRole('heading', { name: 'At home' }).waitFor();
    await eventually('hears of Home', () => JSON.stringify(bot.heard.at(-1)).includes('app_home_opened'));
    await window.getByRole('button', { name: 'Press' }).click();
    expect(await used('press')).toMatchObject({ container: { type: 'view' } });
  });

  it('shows answers in their thread, and tables in pages', async () => {
    await window.getByRole('button', { name: '#alerts' }).click();
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0ALERTS', text: 'the *root*' });
    const rows = Array.from({ length: 8 }, (_, row) => [
      { type: 'raw_text' as const, text: row === 0 ? 'Machine' : `vm-${String(row)}` },
    ]);
    await client.chat.postMessage({
      channel: 'C0ALERTS',
      thread_ts: ts,
      text: 'a reply',
      blocks: [{ type: 'data_table', caption: 'Machines', rows }],
    });
    await messageThat(window, 'the root').getByRole('button', { name: '1 reply' }).click();
    const thread = window.getByRole('region', { name: 'Thread' });
    await thread.getByRole('cell', { name: 'vm-5' }).waitFor();
    expect(await thread.getByRole('cell', { name: 'vm-6' }).count()).toBe(0);
    await thread.getByRole('button', { name: 'On' }).click();
    await thread.getByRole('cell', { name: 'vm-7' }).waitFor();
  });

  it('draws a chart, and tells its numbers to whoever does not see it', async () => {
    const categories = Array.from({ length: 8 }, (_, index) => `${String(18 + index)} Nov`);
    const series = (name: string, values: readonly number[]) => ({
      name,
      data: categories.map((label, index) => ({ label, value: values[index] ?? 0 })),
    });
    await client.apiCall('chat.postMessage', {
      channel: 'C0ALERTS',
      text: 'a chart',
      blocks: [
        {
          type: 'data_visualization',
          title: 'Ended sessions',
          chart: {
            type: 'bar',
            series: [series('By themselves', [2, 0, 8]), series('By the bot', [4, 1])],
            axis_config: { categories, y_label: 'Sessions' },
          },
        },
      ],
    });
    const chart = window.getByRole('figure', { name: 'Ended sessions' });
    const bar = async (title: string) => chart.getByTitle(title).boundingBox();
    const highest = await bar('20 Nov, By themselves: 8');
    const half = await bar('18 Nov, By the bot: 4');
    expect(highest?.height).toBeGreaterThan(100);
    expect(half?.height).toBeCloseTo((highest?.height ?? 0) / 2, 0);
    expect(half?.width).toBeGreaterThan(10);
    await chart.getByRole('row', { name: '19 Nov 0 1' }).waitFor();

    await window.setViewportSize({ width: 390, height: 500 });
    const overhang: unknown = await window.evaluate('document.documentElement.scrollHeight - innerHeight');
    expect(overhang).toBe(0);
    expect(windows.complaints).toEqual([]);
  });
});
