import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../simulator/slack/json.ts';
import type { Person } from '../simulator/slack/person.ts';
import { textOf, untilReads } from '../support/world.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';

/** A button is worth what the right of whoever presses it is worth, wherever it was taken from. */
describe('buttons taken from somebody or somewhere else', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(async () => scene.stop());

  const now = async () => ({ decisions: await scene.decisions(), effects: scene.effects() });
  const approve = async (by: string, beside?: Json) =>
    scene.click({ by, actionId: 'request_approve', value: scene.ids.request, ...(beside && { beside }) });
  /** As Slack tells of a click on a message there. */
  const pressedIn = (channel: string): Json => ({
    channel: { id: channel },
    container: { type: 'message', message_ts: '1.1', channel_id: channel, is_ephemeral: false },
    message: { ts: '1.1', text: 'lifted' },
  });

  it('approve nothing for who asked, under their own eyes', async () => {
    const state = await now();
    await scene.alice.press(scene.card, 'Approve & disconnect');
    expect(textOf(await scene.alice.nextEphemeral(), scene.alice)).toMatch(/You may not approve/);
    expect(await now()).toEqual(state);
  });

  it.each(['C0GENERAL', 'C0ALERTS', 'D0CAROL', 'C0OTHER'])(
    'approve nothing for who has no right, from %s',
    async (channel) => {
      const state = await now();
      await approve('U0CAROL', pressedIn(channel));
      expect(await now()).toEqual(state);
    },
  );

  it('approve nothing out of a message of another app or workspace', async () => {
    const state = await now();
    expect(await approve('U0BOB', { api_app_id: 'A0OTHER' })).toMatchObject({ status: 403 });
    expect(await approve('U0BOB', { team: { id: 'T0OTHER' } })).toMatchObject({ status: 403 });
    const stranger = { user: { id: 'U0STRANGER', team_id: 'T0OTHER' } };
    await approve('U0STRANGER', stranger);
    expect(await now()).toEqual(state);
  });

  it.each([
    ['sessions_refresh', '0'],
    ['sessions_next_page', '0'],
    ['sessions_several', '0'],
    ['session_menu', 'details'],
  ])('show what they show only to who may see it: %s', async (actionId, choice) => {
    const value = choice === 'details' ? `details ${scene.ids.ref}` : choice;
    const shownTo = async (person: Person, reads: RegExp) => {
      const { requests } = scene.world.slack;
      const beside = { ...pressedIn('C0ALERTS'), response_url: await scene.answerAddress(person) };
      const begun = requests.all.length;
      await scene.click({ by: person === scene.bob ? 'U0BOB' : 'U0CAROL', actionId, value, beside });
      await scene.world.slack.changes.until(() => scene.sentSince(begun, reads)[0], String(reads));
      return scene.sentSince(begun, /vm-db/).length;
    };
    expect(await shownTo(scene.bob, /vm-db-1/)).toBeGreaterThan(0);
    expect(await shownTo(scene.carol, /may not/)).toBe(0);
  });

  it('send a form of Alice only with the right of who sends it', async () => {
    const state = await now();
    const form = { callbackId: 'disconnect', privateMetadata: scene.ids.ref, typed: 'because I can' };
    expect(await scene.send({ ...form, by: 'U0CAROL' })).toMatchObject({
      status: 200,
      body: expect.stringContaining('may not'),
    });
    expect(await now()).toEqual(state);
  });

  it('count once, and on the one card, for who may press them', async () => {
    const elsewhere = scene.world.slack.channel('C0ALERTS').messages.length;
    await approve('U0BOB', pressedIn('C0ALERTS'));
    await untilReads(scene.world, 'C0APPROVE', scene.alice, /Gone, checked/);
    await approve('U0BOB', pressedIn('C0ALERTS'));
    expect(scene.host.disconnects).toEqual(['vm-db-1']);
    expect(scene.world.slack.channel('C0ALERTS').messages).toHaveLength(elsewhere);
  });

  it('decide nothing any more once it is decided', async () => {
    const decided = await scene.decisions();
    for (const actionId of ['request_deny', 'request_cancel', 'request_approve']) {
      for (const by of ['U0ALICE', 'U0BOB']) {
        await scene.click({ by, actionId, value: scene.ids.request });
      }
    }
    expect(await scene.bot.stop()).toBe(0);
    expect(await scene.decisions()).toEqual(decided);
    expect(scene.host.disconnects).toEqual(['vm-db-1']);
  });
});
