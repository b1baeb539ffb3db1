import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page as Window } from 'playwright-core';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { eventually } from '../support/eventually.ts';
import { messageThat, type } from '../support/windows.ts';
import type { PageWorld } from './page-world.ts';
import { startPageWorld } from './page-world.ts';

jest.setTimeout(60_000);

describe('Azure, at the side', () => {
  let world: PageWorld;
  let prod: SimulatedHost;
  let alice: Window;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      prod = azure.addHost({ name: 'bastion-prod' });
      azure.addHost({ name: 'bastion-shop' });
      azure.addHost({ name: 'bastion-test' }).startSession({ vm: 'vm-test-1', login: 'tester' });
    });
    alice = await world.windows.open('U0ALICE', 'C0ALERTS');
  });

  afterAll(async () => world.stop());

  const host = (name: string) => alice.getByRole('complementary').getByRole('region', { name });

  const list = () => messageThat(alice, 'Only visible to you');

  /** A host that was read a moment ago is not read again. */
  const refreshUntil = async (said: RegExp) => {
    const edits = async () => list().locator('.news').getAttribute('data-edited');
    while (!said.test((await list().textContent()) ?? '')) {
      const before = await edits();
      await list()
        .getByRole('button', { name: /^Refresh/ })
        .click();
      // Two edits that the page shows at once look like none: then it is pressed again.
      const isNew = eventually('the list is a new one', async () => (await edits()) !== before, 2000);
      await isNew.catch(() => undefined);
    }
  };

  it('starts a session of any age, which the bot then finds too old', async () => {
    const form = alice.getByRole('form', { name: 'Start a session' });
    await form.getByLabel('Machine').fill('vm-db-9');
    await form.getByLabel('Login').fill('ghostly');
    await form.getByRole('combobox', { name: 'Host' }).selectOption('bastion-prod');
    await form.getByRole('combobox', { name: 'Began' }).selectOption('5 hours ago');
    await form.getByRole('checkbox', { name: /^A ghost/ }).check();
    await form.getByRole('button', { name: 'Start' }).click();
    await host('bastion-prod').getByText('5 h 0 min · ghost').waitFor();
    await messageThat(alice, /Open too long.*vm-db-9/s).waitFor();
    expect(prod.sessions()).toMatchObject([{ vm: 'vm-db-9', ghost: true }]);
  });

  it('ends a session behind the back of the bot, which then says so', async () => {
    await host('bastion-prod').getByRole('button', { name: 'End the session of ghostly on vm-db-9' }).click();
    await host('bastion-prod').getByText('No session.').waitFor();
    await messageThat(alice, /^.*Ended.*vm-db-9/s).waitFor();
    expect(prod.disconnects).toEqual([]);
  });

  it('lists the sessions that there are', async () => {
    await type(alice, '/bastion sessions');
    await list().waitFor();
    expect(await list().textContent()).toMatch(/tester on vm-test-1/);
  });

  it('lists what reached Azure and Slack', async () => {
    await alice.getByRole('tab', { name: 'Requests' }).click();
    const lines = alice.getByRole('tabpanel').getByRole('listitem');
    await lines
      .filter({ hasText: /Slack chat\.postMessage in #alerts ok/ })
      .first()
      .waitFor();
    expect(await lines.filter({ hasText: /getActiveSessions|auth\.test/ }).count()).toBe(0);
    await alice.getByLabel('Show reading and health checks too').check();
    await lines
      .filter({ hasText: /bastion-prod\/getActiveSessions/ })
      .first()
      .waitFor();
    await alice.getByRole('tab', { name: 'Azure' }).click();
  });

  it.each([
    ['Throttles', /bastion-shop not read since .*: Azure asks the bot to wait until/s],
    ['Forbids', /bastion-shop not read since .*: the bot lacks the right/s],
    ['Answers in another shape', /bastion-shop not read since .*: Azure answered in a form/s],
  ])('says why a host is not read: %s', async (behaviour, said) => {
    await host('bastion-shop').getByRole('combobox').selectOption(behaviour);
    await refreshUntil(said);
    expect(await list().textContent()).toMatch(/vm-test-1/);
  });

  it('keeps what a silent host last said, and says how old that is', async () => {
    await host('bastion-test').getByRole('combobox').selectOption('Is silent');
    await refreshUntil(/bastion-test not read since .*Azure did not answer in time; last read .* ago/);
    expect(await list().textContent()).toMatch(/vm-test-1/);
    await host('bastion-test').getByRole('combobox').selectOption('Answers');
  });

  it('asked nobody but the simulator, and broke nowhere', () => {
    expect(world.windows.complaints).toEqual([]);
  });
});
