import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page as Window } from 'playwright-core';
import { messageThat, type } from '../support/windows.ts';
import type { PageWorld } from './page-world.ts';
import { startPageWorld } from './page-world.ts';

const sessions = 5000;

jest.setTimeout(60_000);

describe('a list of 5,000 sessions', () => {
  let world: PageWorld;
  let alice: Window;

  beforeAll(async () => {
    world = await startPageWorld((azure) => {
      const host = azure.addHost({ name: 'bastion-prod' });
      for (let index = 0; index < sessions; index += 1) {
        host.startSession({ vm: `vm-${String(index)}`, login: 'dba', ageMs: index * 600 });
      }
    });
    alice = await world.windows.open('U0ALICE', 'C0GENERAL');
  });
  afterAll(async () => world.stop());

  it('comes in pages, the longest open first, and turns them', async () => {
    await world.bot.waitForLog(({ msg }) => msg === 'ready');
    const list = messageThat(alice, `5000 sessions on 1 host`);
    do {
      await type(alice, '/bastion sessions');
      await messageThat(alice, 'Only visible to you').last().waitFor();
    } while ((await list.count()) === 0);
    expect(await list.last().textContent()).toMatch(/page 1 of 500.*vm-4999.*vm-4990/s);
    await list
      .last()
      .getByRole('button', { name: /page 2/ })
      .click();
    await messageThat(alice, 'page 2 of 500').waitFor();
    expect(await messageThat(alice, 'page 2 of 500').textContent()).toMatch(/vm-4989.*vm-4980/s);
  });

  it('shows the longest open at the side, and counts the rest', async () => {
    const side = alice.getByRole('complementary');
    await side.getByText('vm-4999').waitFor();
    expect(await side.textContent()).toMatch(/and 4,988 more/);
  });
});
