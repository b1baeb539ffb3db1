import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bot } from '../support/bot.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, untilLoaded } from '../support/world.ts';

describe('what comes for another app or from another workspace', () => {
  let world: TestWorld;
  let bot: Bot;

  beforeAll(async () => {
    world = await startWorld();
    bot = await untilLoaded(
      await world.startBot({ ...quickPolicy, access: { ...quickPolicy.access, view: ['U0FRIEND'] } }),
    );
  });
  afterAll(async () => world.stop());

  const command = async (fields: Readonly<Record<string, string>>) =>
    world.slack.sendRaw({
      body: new URLSearchParams({
        command: '/bastion',
        text: 'help',
        user_id: 'U0ALICE',
        team_id: 'T0BASTION',
        api_app_id: 'A0BASTION',
        response_url: world.slack.environment.SLACK_API_URL.replace('api/', 'nowhere'),
        ...fields,
      }).toString(),
    });

  it.each([
    ['our own', {}, 200],
    ['another app', { api_app_id: 'A0OTHERS' }, 403],
    ['no app, whose signature is ours', { api_app_id: '' }, 200],
    ['an app that is no id', { api_app_id: '../A0' }, 403],
    ['another workspace', { team_id: 'T0OTHERS' }, 403],
    ['another enterprise', { team_id: 'T0OTHERS', enterprise_id: 'E0OTHERS' }, 403],
    ['a named person of a connected workspace', { team_id: 'T0FRIENDS', user_id: 'U0FRIEND' }, 200],
  ])('%s', async (_, fields, status) => {
    expect(await command(fields)).toMatchObject({ status });
  });

  it('is thanked for where it is an event, and nothing is done', async () => {
    const event = {
      type: 'event_callback',
      api_app_id: 'A0OTHERS',
      team_id: 'T0BASTION',
      event: { type: 'app_home_opened', user: 'U0ALICE', tab: 'home' },
    };
    const before = world.slack.requests.count('views.publish');
    const sent = {
      body: JSON.stringify(event),
      headers: { 'content-type': 'application/json' },
    };
    expect(await world.slack.sendRaw(sent)).toMatchObject({ status: 200 });
    await world.slack.as('U0BOB').openHome();
    await world.slack.changes.until(() => world.slack.requests.count('views.publish') > before);
    expect(world.slack.requests.count('views.publish')).toBe(before + 1);
  });

  it('is logged once for each', async () => {
    await command({ api_app_id: 'A0OTHERS' });
    await command({ team_id: 'T0OTHERS' });
    const refusals = bot.log.filter(({ msg }) => msg.startsWith('refuses what comes'));
    expect(refusals).toHaveLength(4);
    expect(refusals).toContainEqual(expect.objectContaining({ app: 'A0OTHERS', team: 'T0BASTION' }));
  });
});
