import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page as Window } from 'playwright-core';
import { messageThat, type } from '../support/windows.ts';
import type { PageWorld } from './page-world.ts';
import { startPageWorld } from './page-world.ts';

const script = '<img src=x onerror="document.title=`stolen`">';
const mention = '<!channel> *bold* :tada:';

jest.setTimeout(60_000);

describe('names that mean harm', () => {
  let world: PageWorld;
  let alice: Window;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      const host = azure.addHost({ name: 'bastion-prod' });
      host.startSession({ vm: script, login: mention, ageMs: 7_200_000 });
      host.startSession({ vm: '&lt;b&gt;', login: 'javascript:alert(1)', ageMs: 7_100_000 });
    });
    alice = await world.windows.open('U0ALICE', 'C0ALERTS');
    await messageThat(alice, 'Open too long').nth(1).waitFor();
    await type(alice, '/bastion sessions');
    await messageThat(alice, 'Only visible to you').waitFor();
  });
  afterAll(async () => world.stop());

  it('stand there to the letter, in alerts, lists, forms and at the side', async () => {
    const said = (await alice.getByRole('main').textContent()) ?? '';
    expect(said.split(script).length - 1).toBe(2);
    expect(said.split(mention).length - 1).toBe(2);
    // In the list, among the facts of the alert and, being short, in its sentence.
    expect(said.split('&lt;b&gt;').length - 1).toBe(3);
    expect(await alice.getByRole('complementary').textContent()).toContain(script);

    await messageThat(alice, /Open too long.*<img/s)
      .getByRole('button', { name: /^Request disconnect/ })
      .click();
    expect(await alice.getByRole('dialog').textContent()).toContain(script);
  });

  it('become no element, no mention and no address', async () => {
    expect(await alice.locator('img, .mention, main b, main a').count()).toBe(0);
    expect(await alice.title()).not.toBe('stolen');
    expect(world.windows.complaints).toEqual([]);
  });
});
