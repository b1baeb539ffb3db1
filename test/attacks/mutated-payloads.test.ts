import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answered } from '../simulator/slack/carrier.ts';
import { chance, mutatedBody } from '../support/mutations.ts';
import type { Bot } from '../support/bot.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilLoaded } from '../support/world.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

/** Signed payloads that are mangled, by hand or at random: each costs that one request, and nothing else. */
describe('requests that are not what Slack sends', () => {
  let world: TestWorld;
  let bot: Bot;

  beforeAll(async () => {
    world = await startWorld();
    world.azure.addHost({ name: 'bastion-prod' }).startSession({ vm: 'vm-db-1', login: 'dba' });
    bot = await untilLoaded(await world.startBot());
  });

  afterAll(async () => world.stop());

  const payload = (value: unknown) => `payload=${encodeURIComponent(JSON.stringify(value))}`;

  it.each([
    ['with no signature', { body: 'command=%2Fbastion', headers: form, sign: false as const }, 401],
    ['with an old signature', { body: 'command=%2Fbastion', headers: form, sign: 'old' as const }, 401],
    ['null', { body: 'null', headers: json, sign: true as const }, 400],
    ['no JSON', { body: '{"type":', headers: json, sign: true as const }, 400],
    ['a list', { body: '[]', headers: json, sign: true as const }, 400],
    ['a payload that is null', { body: payload(null), headers: form, sign: true as const }, 400],
    [
      'a click without actions',
      { body: payload({ type: 'block_actions' }), headers: form, sign: true as const },
      404,
    ],
    [
      'a click on nothing we know',
      {
        body: payload({
          type: 'block_actions',
          user: { id: 'U0BOB' },
          trigger_id: '1.2',
          actions: [{ action_id: 'unknown', type: 'button' }],
        }),
        headers: form,
        sign: true as const,
      },
      200,
    ],
    [
      'a form without a view',
      { body: payload({ type: 'view_submission' }), headers: form, sign: true as const },
      404,
    ],
    ['a command without anything', { body: 'command=%2Fbastion', headers: form, sign: true as const }, 200],
    [
      'a command for another app',
      { body: 'command=%2Fbastion&api_app_id=A0OTHER', headers: form, sign: true as const },
      403,
    ],
  ])('answers a request %s', async (_, request, status) => {
    const answer = await world.slack.sendRaw(request);
    expect(answer).toMatchObject({ status });
  });

  it('thanks nobody for a click whose answer it may not send where it is told to', async () => {
    const answer = await world.slack.sendRaw({
      body: payload({
        type: 'block_actions',
        user: { id: 'U0BOB', team_id: null },
        team: null,
        trigger_id: '1.2',
        response_url: 'https://evil.example/steal',
        actions: [{ action_id: 'request_approve', type: 'button', value: '{bastion}:../../etc' }],
      }),
      headers: form,
      sign: true,
    });
    expect(answer).toMatchObject({ status: 404 });
  });

  it('answers what is mangled at random, one for one', async () => {
    const { team, bot: app } = world.slack.world;
    const random = chance(15);
    const sender = {
      people: ['U0ALICE', 'U0BOB', 'U0CAROL', 'U0NOBODY'],
      team: team.id,
      app: app.appId,
      values: ['0', 'details 1', 'ask 1'],
      responseUrl: 'https://evil.example/steal',
    };
    const answers: Answered[] = [];
    for (let turn = 0; turn < 300; turn += 1) {
      const { body, type } = mutatedBody(turn, sender, random);
      answers.push(await world.slack.sendRaw({ body, headers: { 'content-type': type }, sign: true }));
    }
    expect(answers.filter((answer) => answer === 'connection_failed')).toEqual([]);
    expect(bot.log.filter(({ msg }) => msg.startsWith('nobody caught'))).toEqual([]);
  });

  it('goes on serving people', async () => {
    const alice = world.slack.as('U0ALICE');
    await alice.command('/bastion sesions');
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/sessions/);
    expect(await (await fetch(`${bot.adminUrl}/livez`)).text()).toMatch(/ok/);
    const metrics = await (await fetch(`${bot.adminUrl}/metrics`)).text();
    expect(metrics).toContain('bastion_requests_refused_total{reason="unsigned"} 1');
  });

  it('stops as if nothing had happened', async () => {
    expect(await bot.stop()).toBe(0);
  });

  it('discloses no secret in its log', () => {
    const log = JSON.stringify(bot.log);
    for (const secret of Object.values(world.slack.environment).filter(
      (value) => !value.startsWith('http'),
    )) {
      expect(log).not.toContain(secret);
    }
  });
});
