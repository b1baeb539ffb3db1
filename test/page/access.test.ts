import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page as Window } from 'playwright-core';
import { isObject } from '../simulator/slack/json.ts';
import { eventually } from '../support/eventually.ts';
import type { PageWorld } from '../support/page-world.ts';
import { startPageWorld } from '../support/page-world.ts';
import { messageThat, type } from '../support/windows.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const phone = { viewport: { width: 390, height: 844 } };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone, light', { ...phone, colorScheme: 'light' }],
  ['on a phone, dark', { ...phone, colorScheme: 'dark' }],
];

jest.setTimeout(60_000);

describe('whoever reads with difficulty, listens or has no mouse', () => {
  let world: PageWorld;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      azure.addHost({ name: 'bastion-prod' }).startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 7_200_000 });
    });
  });
  afterAll(async () => world.stop());

  /** What the checks of WCAG 2.2 AA find, in words. */
  const mistakes = async (window: Window): Promise<readonly string[]> => {
    await window.evaluate(axe);
    const found: unknown = await window.evaluate(
      `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
    );
    if (!isResults(found)) throw new Error('axe said nothing');
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };

  it.each(looks)(
    'finds nothing in the way: %s',
    async (_, look) => {
      const alice = await world.windows.open('U0ALICE', 'C0ALERTS', { ...look, bypassCSP: true });
      await type(alice, '/bastion sessions');
      await messageThat(alice, 'Open too long').waitFor();
      await messageThat(alice, 'Only visible to you').last().waitFor();
      expect(await mistakes(alice)).toEqual([]);

      const close = alice.getByRole('button', { name: 'Close this panel' });
      if ((await close.count()) === 0) await alice.getByRole('button', { name: 'Behind the scenes' }).click();
      await alice.getByRole('tab', { name: 'Requests' }).click();
      expect(await mistakes(alice)).toEqual([]);
      await close.click();

      await messageThat(alice, 'Open too long')
        .getByRole('button', { name: /^Request disconnect/ })
        .click();
      const form = alice.getByRole('dialog');
      await form.getByRole('button', { name: 'Send request' }).click();
      await form.getByText('Please complete').waitFor();
      expect(await mistakes(alice)).toEqual([]);
      await alice.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
      await alice.context().close();
    },
    60_000,
  );

  it('scrolls sideways on no phone', async () => {
    const alice = await world.windows.open('U0ALICE', 'C0ALERTS', phone);
    await messageThat(alice, 'Open too long').waitFor();
    const overhang: unknown = await alice.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overhang).toBe(0);
    await alice.context().close();
  });

  it('asks for a disconnect by the keyboard alone', async () => {
    const alice = await world.windows.open('U0ALICE', 'C0ALERTS');
    const request = messageThat(alice, 'Open too long').getByRole('button', { name: /^Request disconnect/ });
    await request.press('Enter');
    await alice.getByLabel('Reason').and(alice.locator(':focus')).waitFor();
    await alice.keyboard.type('by keyboard');
    await alice.keyboard.press('Tab');
    await alice.keyboard.press('Tab');
    await alice.keyboard.press('Enter');
    await alice.getByRole('dialog').waitFor({ state: 'detached' });
    await request.and(alice.locator(':focus')).waitFor();
    const card = () => world.slack.channel('C0APPROVE').messages[0];
    await eventually('the request is posted', () => card() !== undefined);
    expect(JSON.stringify(card()?.versions[0].blocks)).toMatch(/by keyboard/);
  });
});

function isResults(value: unknown): value is AxeResults {
  return isObject(value) && Array.isArray(value['violations']);
}
