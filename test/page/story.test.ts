import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page as Window } from 'playwright-core';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { messageThat, type } from '../support/windows.ts';
import type { PageWorld } from './page-world.ts';
import { startPageWorld } from './page-world.ts';

const hourMs = 3_600_000;

jest.setTimeout(60_000);

describe('the story, by clicks in browser windows', () => {
  let world: PageWorld;
  let host: SimulatedHost;
  let alice: Window;
  let bob: Window;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      host = azure.addHost({ name: 'bastion-prod' });
      host.startSession({ id: 'long', vm: 'vm-db-1', login: 'dba', ageMs: 2 * hourMs });
      host.startSession({ id: 'short', vm: 'vm-web-1', login: 'deploy', protocol: 'rdp', ageMs: 60_000 });
    });
    alice = await world.windows.open('U0ALICE', 'C0ALERTS');
    bob = await world.windows.open('U0BOB', 'C0APPROVE');
  });

  afterAll(async () => world.stop());

  it('shows the alert as soon as it is there', async () => {
    const alert = messageThat(alice, /Open too long/);
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/vm-db-1/);
  });

  it('completes a command, and shows its answer to the one who typed it alone', async () => {
    const box = alice.getByRole('combobox', { name: 'Message #alerts' });
    await box.fill('/bas');
    await alice.getByRole('option', { name: /^\/bastion sessions/ }).waitFor();
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/bastion sessions');
    await box.press('Enter');
    const list = messageThat(alice, /2 sessions on 1 host/);
    await list.waitFor();
    expect(await list.textContent()).toMatch(/Only visible to you/);
    await bob.getByRole('button', { name: '#alerts' }).click();
    await messageThat(bob, /Open too long/).waitFor();
    expect(await messageThat(bob, /2 sessions on 1 host/).count()).toBe(0);
    await bob.getByRole('button', { name: '#approvals' }).click();
  });

  it('completes the filters of a list by the keyboard, and sends what only looks like one', async () => {
    const box = alice.getByRole('combobox', { name: 'Message #alerts' });
    const filters = alice.getByRole('listbox', { name: 'Filters' });
    await box.fill('/bastion sessions ');
    await filters.getByRole('option', { name: 'user: the login on the machine' }).waitFor();
    expect(await alice.getByText('9 to choose from, by the arrow keys').count()).toBe(1);
    await box.press('ArrowUp');
    await filters.getByRole('option', { name: /^group:/, selected: true }).waitFor();
    await box.press('Enter');
    expect(await box.inputValue()).toBe('/bastion sessions group:');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/bastion sessions group:host ');
    await box.pressSequentially('us');
    await box.press('Tab');
    expect(await box.inputValue()).toBe('/bastion sessions group:host user:');
    await box.pressSequentially('web v');
    await filters.waitFor();
    await box.press('Enter');
    await messageThat(alice, /None of 2 sessions fits v user:web/).waitFor();
  });

  it('sends no form that lacks its reason', async () => {
    await messageThat(alice, /Open too long/)
      .getByRole('button', { name: /^Request disconnect/ })
      .click();
    const form = alice.getByRole('dialog', { name: 'Request disconnect' });
    await form.getByRole('button', { name: 'Send request' }).click();
    await form.getByText('Please complete this required field.').waitFor();
    expect(await form.getByLabel('Reason').and(alice.locator(':focus')).count()).toBe(1);
    expect(world.slack.channel('C0APPROVE').messages).toHaveLength(0);
  });

  it('ends the session after the colleague in the other window has approved', async () => {
    const form = alice.getByRole('dialog', { name: 'Request disconnect' });
    await form.getByLabel('Reason').fill('maintenance <b>tonight</b>');
    await form.getByRole('button', { name: 'Send request' }).click();
    await form.waitFor({ state: 'detached' });

    const card = messageThat(bob, /Waiting for approval/);
    await card.getByText('maintenance <b>tonight</b>').waitFor();
    await card.getByRole('button', { name: /^Approve & disconnect/ }).click();
    const question = bob.getByRole('dialog', { name: 'Disconnect this session?' });
    await question.getByRole('button', { name: 'Keep' }).click();
    await question.waitFor({ state: 'detached' });
    expect(host.disconnects).toEqual([]);

    await card.getByRole('button', { name: /^Approve & disconnect/ }).click();
    await question.getByRole('button', { name: 'Approve & disconnect' }).click();
    await messageThat(bob, /Gone, checked/).waitFor();
    await messageThat(alice, /^.*Ended/s)
      .first()
      .waitFor();
    expect(host.disconnects).toEqual(['long']);
    expect(await bob.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
    await alice.getByRole('button', { name: /^Bastion Bot 1/ }).click();
    await messageThat(alice, /Your request/).waitFor();
  });

  it('refuses the third, and shows them nothing', async () => {
    const carol = await world.windows.open('U0CAROL', 'C0GENERAL');
    await type(carol, '/bastion sessions');
    await messageThat(carol, /You may not see sessions/).waitFor();
    expect(await carol.getByRole('main').textContent()).not.toMatch(/vm-/);
  });

  it('goes on when the bot was restarted', async () => {
    await world.bot.stop();
    await type(alice, '/bastion sessions');
    await alice.getByRole('alert').getByText('dispatch_failed').waitFor();
    await world.startBot();
    await type(alice, '/bastion help');
    const menu = messageThat(alice, /What \/bastion can do/);
    await menu.waitFor();
    expect(await menu.textContent()).toMatch(/sessions/);
  });

  it('asked nobody but the simulator, and broke nowhere', () => {
    expect(world.windows.complaints).toEqual([]);
  });
});
