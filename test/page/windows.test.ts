import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import type { Page } from '../demo/page/page.ts';
import { startPage } from '../demo/page/page.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Windows } from '../support/windows.ts';
import { messageThat, openWindows } from '../support/windows.ts';

jest.setTimeout(60_000);

describe('a window', () => {
  let slack: SlackSimulator;
  let azure: AzureSimulator;
  let page: Page;
  let windows: Windows;
  let client: WebClient;

  beforeAll(async () => {
    [slack, azure] = await Promise.all([startSlack(), startAzure()]);
    const story = {
      state: { is: 'playing', caption: 'It goes on and on.' } as const,
      play: () => undefined,
      stop: () => undefined,
      subscribe: () => () => undefined,
    };
    page = await startPage({ slack, azure, story });
    windows = await openWindows(page);
    client = new WebClient(slack.token.value, { slackApiUrl: slack.environment.SLACK_API_URL });
    await client.chat.postMessage({ channel: 'C0ALERTS', text: 'the first' });
    await client.chat.postMessage({ channel: 'C0APPROVE', text: 'the last' });
  });
  afterAll(async () => {
    await windows.close();
    await page.stop();
    await Promise.all([slack.stop(), azure.stop()]);
  });

  it('opens where something was said last', async () => {
    const anybody = await windows.open('', '');
    await messageThat(anybody, 'the last').waitFor();
    expect(anybody.url()).toMatch(/#\/U0ALICE\/C0APPROVE$/);
    await anybody.context().close();
  });

  it('follows the story until somebody types in it', async () => {
    const alice = await windows.open('U0ALICE', 'C0ALERTS');
    await client.chat.postMessage({ channel: 'C0APPROVE', text: 'it goes on' });
    const box = alice.getByRole('combobox', { name: 'Message #approvals' });
    await box.fill('/bastion s');
    await client.chat.postMessage({ channel: 'C0ALERTS', text: 'and on' });
    await alice.getByRole('button', { name: '#alerts 1 new' }).waitFor();
    expect(await box.inputValue()).toBe('/bastion s');
  });

  it.each(['U0NOBODY/C0ALERTS', '%E0%A4%A', '!'])('opens for somebody at the address %s', async (address) => {
    const [person = '', place = ''] = address.split('/');
    const window = await windows.open(person, place);
    expect(await window.getByLabel('You are').inputValue()).toBe('U0ALICE');
    await window.context().close();
  });

  it('keeps its person and its place when somebody skips to the messages', async () => {
    const bob = await windows.open('U0BOB', 'C0ALERTS');
    await bob.keyboard.press('Tab');
    await bob.getByRole('link', { name: 'Skip to the messages' }).press('Enter');
    await bob.getByRole('main').and(bob.locator(':focus')).waitFor();
    expect(bob.url()).toMatch(/#\/U0BOB\/C0ALERTS$/);
  });

  it('stays in its channel when somebody else sits down', async () => {
    const window = await windows.open('U0BOB', 'C0ALERTS');
    await window.getByLabel('You are').selectOption('U0CAROL');
    await messageThat(window, 'the first').waitFor();
    expect(window.url()).toMatch(/#\/U0CAROL\/C0ALERTS$/);
  });

  it('asked nobody but the simulator, and broke nowhere', () => {
    expect(windows.complaints).toEqual([]);
  });
});
