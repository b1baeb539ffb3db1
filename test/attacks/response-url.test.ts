import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isSlackAddress } from '../../src/slack/wire/slack-address.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';

const slackApi = 'https://slack.com/api/';

it.each([
  ['https://hooks.slack.com/commands/T0/1/secret', slackApi],
  ['https://slack.com/commands/T0/1', slackApi],
  ['https://hooks.slack.com/actions/T0/1', 'https://proxy.example.com/api/'],
  ['https://proxy.example.com/actions/T0/1', 'https://proxy.example.com/api/'],
  ['http://127.0.0.1:4000/commands/T0/1', 'http://127.0.0.1:4000/api/'],
])('%s is Slack where the API is %s', (address, apiUrl) => {
  expect(isSlackAddress(address, apiUrl)).toBe(true);
});

it.each([
  'https://evil.example/commands/T0/1',
  'https://slack.com.evil.example/',
  'https://evilslack.com/',
  'https://hooks.slack.com@evil.example/',
  'http://hooks.slack.com/commands/T0/1',
  'https://hooks.slack.com:8443/',
  'http://127.0.0.1:9/api/',
  'file:///etc/passwd',
  'not an address',
])('%s is not', (address) => {
  expect(isSlackAddress(address, slackApi)).toBe(false);
});

/** An answer goes to Slack and nowhere else, whatever address a payload names. */
describe('an address to answer at that is not Slack', () => {
  let scene: Scene;
  const asked: string[] = [];
  const trap = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('{"ok":true}');
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    scene = await openScene();
  });
  afterAll(async () => {
    await scene.stop();
    trap.closeAllConnections();
    trap.close();
  });

  it('gets nothing: not of a command, nor of a click', async () => {
    const address = trap.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const addresses = [
      `http://127.0.0.1:${port}/commands/T0BASTION/1`,
      `http://localhost:${port}/commands/T0BASTION/1`,
      `http://slack.com@127.0.0.1:${port}/`,
      `//127.0.0.1:${port}/`,
    ];
    for (const elsewhere of addresses) {
      const command = { user_id: 'U0BOB', command: '/bastion', text: 'sessions', response_url: elsewhere };
      const { team, bot } = scene.world.slack.world;
      await scene.world.slack.sendRaw({
        body: String(new URLSearchParams({ ...command, team_id: team.id, api_app_id: bot.appId })),
      });
      for (const actionId of ['sessions_refresh', 'request_approve']) {
        await scene.click({
          by: 'U0ALICE',
          actionId,
          value: scene.ids.request,
          beside: { response_url: elsewhere },
        });
      }
    }
    expect(await scene.bot.stop()).toBe(0);
    const lost = scene.bot.log.filter(({ msg }) => msg === 'lost a private answer');
    expect(JSON.stringify(lost)).toContain('foreign-address');
    expect(JSON.stringify(scene.bot.log)).not.toContain('/commands/T0BASTION/1');
    expect(asked).toEqual([]);
  });
});
