import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page as Window } from 'playwright-core';
import { ensureRedisServer } from '../../support/install-redis.ts';
import { messageThat, openWindows, type } from '../../support/windows.ts';
import { makeHome } from '../home.ts';
import { startPage } from '../page/page.ts';
import { people } from '../world/cast.ts';
import { originOfLogin } from '../world/origins.ts';
import { everyHostLookedUp } from '../world/readings.ts';
import { startDemoWorld } from '../world/world.ts';

// Takes the pictures of the README from the running demo: the main story, by clicks.

const folder = import.meta.dirname;
const desk = { viewport: { width: 1280, height: 820 } };
/** So that the whole list is to be seen. */
const tall = { width: 1280, height: 960 };
const phone = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, hasTouch: true };
const light: BrowserContextOptions = { ...desk, colorScheme: 'light' };
const dark: BrowserContextOptions = { ...desk, colorScheme: 'dark' };

await ensureRedisServer();
await mkdir(folder, { recursive: true });
const world = await startDemoWorld(makeHome(), () => undefined);
const page = await startPage({
  slack: world.slack,
  azure: world.azure,
  parts: Object.fromEntries(people.map(({ id, part }) => [id, part])),
});
const windows = await openWindows(page);
try {
  await takeAll();
} finally {
  await windows.close();
  await page.stop();
  await world.stop();
}
process.exit();

async function takeAll(): Promise<void> {
  const prod = world.azure.hosts().find(({ name }) => name === 'bastion-prod');
  prod?.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', origin: originOfLogin('dba') });
  const direct = world.slack.as('U0ALICE').direct.at(0)?.channel ?? 'D0ALICE';

  const alice = await windows.open('U0ALICE', 'C0ALERTS', dark);
  await messageThat(alice, 'Open too long').waitFor({ timeout: 60_000 });
  await take(alice, 'alert-dark');
  const pager = await windows.open('U0ALICE', 'C0ALERTS', { ...phone, colorScheme: 'dark' });
  await messageThat(pager, 'Open too long').waitFor();
  await take(pager, 'phone-alert-dark');

  await everyHostLookedUp(world.azure, 60_000);
  const list = await windows.open('U0ALICE', direct, { ...light, viewport: tall });
  await type(list, '/bastion sessions');
  await messageThat(list, '5 sessions on 3 hosts').waitFor();
  await list.getByRole('main').focus();
  await take(list, 'list-light');
  const pocket = await windows.open('U0ALICE', direct, { ...phone, colorScheme: 'light' });
  await messageThat(pocket, '5 sessions on 3 hosts').waitFor();
  await pocket.evaluate(`document.querySelector('[role=log]').scrollTo(0, 0)`);
  await take(pocket, 'phone-light');

  await messageThat(alice, 'Open too long')
    .getByRole('button', { name: /^Request disconnect/ })
    .click();
  const form = alice.getByRole('dialog');
  await form.getByLabel('Reason').fill('Finance closes the books tonight, please log off');
  await take(alice, 'request-dark');
  await form.getByRole('button', { name: 'Send request' }).click();
  await form.waitFor({ state: 'detached' });

  const bob = await windows.open('U0BOB', 'C0APPROVE', light);
  const card = messageThat(bob, 'Waiting for approval');
  await card.waitFor();
  await take(bob, 'approval-light');
  const home = await windows.open('U0BOB', 'home', light);
  await home.getByRole('heading', { name: 'Waiting for your approval' }).waitFor();
  await take(home, 'home-light');
  await card.getByRole('button', { name: /^Approve/ }).click();
  await bob
    .getByRole('dialog')
    .getByRole('button', { name: /^Approve/ })
    .click();
  await messageThat(bob, /Gone, checked/).waitFor();
  await bob.getByRole('tab', { name: 'Requests' }).click();
  await take(bob, 'proof-light');
  const night = await windows.open('U0BOB', 'C0APPROVE', { ...phone, colorScheme: 'dark' });
  await messageThat(night, /Gone, checked/).waitFor();
  await take(night, 'phone-dark');

  prod?.endSession('vm-erp-app');
  await type(list, '/bastion history');
  await messageThat(list, 'ended since').waitFor();
  await take(list, 'history-light');
}

/** After whatever moves has come to rest. */
async function take(window: Window, name: string): Promise<void> {
  await window.mouse.move(0, 0);
  await window.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  console.log(`${name}.png`);
}
