import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page as Window } from 'playwright-core';
import { isObject } from '../simulator/slack/json.ts';
import type { Person } from '../simulator/slack/person.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import { messageThat, type } from '../support/windows.ts';
import { textOf, untilReads } from '../support/world.ts';
import type { PageWorld } from './page-world.ts';
import { startPageWorld } from './page-world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const desk = { viewport: { width: 1280, height: 820 } };
const phone = { viewport: { width: 390, height: 844 } };
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { ...desk, colorScheme: 'light' }],
  ['dark', { ...desk, colorScheme: 'dark' }],
  ['on a phone, light', { ...phone, colorScheme: 'light' }],
  ['on a phone, dark', { ...phone, colorScheme: 'dark' }],
];

jest.setTimeout(60_000);

describe('whoever reads with difficulty, listens or has no mouse', () => {
  let world: PageWorld;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      const host = azure.addHost({ name: 'bastion-prod' });
      host.startSession({ vm: 'vm-db-1', login: 'dba', ageMs: 7_200_000 });
      host.startSession({ vm: 'vm-web-1', login: 'deploy', ageMs: 60_000 });
      host.startSession({ id: 'over', vm: 'vm-old-1', login: 'deploy', ageMs: 60_000 });
    });
    const alice = world.slack.as('U0ALICE');
    await untilReads(world, 'C0ALERTS', alice, /Open too long/);
    world.azure.hosts()[0]?.endSession('over');
    await eventuallyTyped('it is history', async () => {
      await alice.command('/bastion history');
      return textOf(await alice.nextEphemeral(), alice).includes('1 session ended');
    });
    await alice.command('/bastion sessions');
    await alice.press(await alice.nextEphemeral(), 'Request disconnect', 'vm-web-1');
    await ask(alice);
    await untilReads(world, 'C0APPROVE', alice, /asks to disconnect/);
  });
  afterAll(async () => world.stop());

  const ask = async (person: Person) => {
    const form = await world.slack.changes.until(() => person.modal, 'the form');
    await person.submit(form, { reason: 'left open' });
  };

  it.each(looks)(
    'finds nothing in the way in a channel: %s',
    async (_, look) => {
      const alice = await world.windows.open('U0ALICE', 'C0ALERTS', { ...look, bypassCSP: true });
      for (const [command, answer] of [
        ['sessions', '2 sessions on'],
        ['history', '1 session ended'],
        ['help', 'What can follow'],
      ] as const) {
        await type(alice, `/bastion ${command}`);
        await messageThat(alice, answer).last().waitFor();
        expect(await mistakes(alice)).toEqual([]);
      }
      await alice.getByRole('combobox', { name: /^Message/ }).fill('/bastion sessions ');
      await alice.getByRole('listbox', { name: 'Filters' }).waitFor();
      expect(await mistakes(alice)).toEqual([]);
      await alice.keyboard.press('Escape');

      const close = alice.getByRole('button', { name: 'Close this panel' });
      if ((await close.count()) === 0) await alice.getByRole('button', { name: 'Behind the scenes' }).click();
      await alice.getByRole('tab', { name: 'Requests' }).click();
      expect(await mistakes(alice)).toEqual([]);
      await alice.context().close();
    },
    60_000,
  );

  it.each(looks)(
    'finds nothing in the way in a form: %s',
    async (_, look) => {
      const alice = await world.windows.open('U0ALICE', 'C0ALERTS', { ...look, bypassCSP: true });
      const form = alice.getByRole('dialog');
      const alert = messageThat(alice, 'Open too long');
      for (const title of ['Details', 'Snooze'] as const) {
        await alert.getByRole('button', { name: new RegExp(`^${title}`) }).click();
        await alice.getByRole('dialog', { name: title }).waitFor();
        expect(await mistakes(alice)).toEqual([]);
        await alice.keyboard.press('Escape');
        await form.waitFor({ state: 'detached' });
      }
      await type(alice, '/bastion sessions');
      await messageThat(alice, '2 sessions on')
        .last()
        .getByRole('button', { name: /^Select several/ })
        .click();
      await form.getByRole('checkbox').first().waitFor();
      expect(await mistakes(alice)).toEqual([]);
      await alice.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });

      await alert.getByRole('button', { name: /^Request disconnect/ }).click();
      await form.getByRole('button', { name: 'Send request' }).click();
      await form.getByText('Please complete').waitFor();
      expect(await mistakes(alice)).toEqual([]);
      const bob = world.slack.as('U0BOB');
      await bob.press(await untilReads(world, 'C0ALERTS', bob, /Open too long/), 'Request disconnect');
      await ask(bob);
      await form.getByLabel('Reason').fill('left open');
      await form.getByRole('button', { name: 'Send request' }).click();
      await alice.getByRole('dialog', { name: 'Not asked' }).waitFor();
      expect(await mistakes(alice)).toEqual([]);
      await alice.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
      await bob.press(
        await untilReads(world, 'C0APPROVE', bob, /@bob asks to disconnect dba/),
        'Cancel request',
      );
      await alice.context().close();
    },
    60_000,
  );

  it.each(looks)('finds nothing in the way on Home: %s', async (_, look) => {
    const bob = await world.windows.open('U0BOB', 'home', { ...look, bypassCSP: true });
    await bob.getByRole('heading', { name: 'Waiting for your approval' }).waitFor();
    expect(await mistakes(bob)).toEqual([]);
    await bob.getByRole('button', { name: /^Approve/ }).click();
    await bob.getByRole('dialog').waitFor();
    expect(await mistakes(bob)).toEqual([]);
    await bob.context().close();
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
    const card = () => world.slack.channel('C0APPROVE').messages.at(-1);
    const asked = () => JSON.stringify(card()?.versions[0].blocks);
    await eventually('the request is posted', () => asked().includes('by keyboard'));
    expect(asked()).toContain('vm-db-1');
  });
});

/** What the checks of WCAG 2.2 AA find, in words, and what has to be scrolled sideways. */
async function mistakes(window: Window): Promise<readonly string[]> {
  if (!(await window.evaluate(`'axe' in globalThis`))) await window.evaluate(axe);
  // Of the others there are megabytes.
  const found: unknown = await window.evaluate(
    `axe
      .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
      .then(({ violations }) => ({ violations }))`,
  );
  if (!isResults(found)) throw new Error('axe said nothing');
  const overhang: unknown = await window.evaluate(
    `[...document.querySelectorAll('html, .messages, dialog .body')]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => part.localName + '.' + part.className)`,
  );
  return [
    ...found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
    ...(Array.isArray(overhang) ? overhang.map((part) => `scrolls sideways: ${String(part)}`) : ['no page']),
  ];
}

function isResults(value: unknown): value is Pick<AxeResults, 'violations'> {
  return isObject(value) && Array.isArray(value['violations']);
}
