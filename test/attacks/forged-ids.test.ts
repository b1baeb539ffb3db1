import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actions, submissions } from '../../src/slack/buttons.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';
import { untilReads } from '../support/world.ts';

/** A right is asked for at the moment of the click, whatever the payload says: ids, values and forms decide nothing. */
describe('true ids, sent by somebody without any right', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(async () => scene.stop());

  it('decide nothing and show nothing, on every button and form there is', async () => {
    const { ref, alert, request } = scene.ids;
    const known = [
      ref,
      alert,
      request,
      '0',
      `ask ${ref}`,
      `details ${ref}`,
      `details ${alert}`,
      `snooze ${alert}`,
    ];
    const state = { decisions: await scene.decisions(), effects: scene.effects() };
    const begun = scene.world.slack.requests.all.length;
    for (const actionId of actions.keys()) {
      for (const value of known) await scene.click({ by: 'U0CAROL', actionId, value });
    }
    for (const callbackId of submissions.keys()) {
      for (const privateMetadata of known) {
        await scene.send({ by: 'U0CAROL', callbackId, privateMetadata, typed: 'because', ticked: [ref] });
      }
    }
    // It stops when it has done all that it was thanked for.
    expect(await scene.bot.stop()).toBe(0);
    expect({ decisions: await scene.decisions(), effects: scene.effects() }).toEqual(state);
    expect(scene.sentSince(begun, /may not/)).not.toEqual([]);
    expect(scene.sentSince(begun, /vm-db/)).toEqual([]);
    const refused = await scene.refusals();
    expect(new Set(refused.map(({ what }) => what))).toEqual(
      new Set(['view-refused', 'disconnect-refused', 'approve-refused', 'cancel-refused']),
    );
  });
});

describe('ids and forms that nobody was given', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(async () => scene.stop());

  const before = async () => ({ decisions: await scene.decisions(), effects: scene.effects() });

  const forged = Object.entries({
    nothing: '',
    'the name of every prototype': '__proto__',
    'a name that every object has': 'constructor',
    'a path': '../../../etc/passwd',
    'a key of Redis': '{bastion}:audit',
    'a pattern': '*',
    'a zero byte': '\u0000',
    'half a letter': '\uD800',
    'ten thousand letters': 'x'.repeat(10_000),
    'an object': '{"id":1}',
    'a number': '-1',
    'a choice of a prototype': 'ask __proto__',
    'a mention': '<!channel>',
    'a script': "'; return redis.call('FLUSHALL') --",
  });

  it.each(forged)('open nothing to somebody with every right: %s', async (_, value) => {
    const state = await before();
    for (const actionId of actions.keys()) await scene.click({ by: 'U0BOB', actionId, value });
    for (const callbackId of submissions.keys()) {
      await scene.send({
        by: 'U0BOB',
        callbackId,
        privateMetadata: value,
        typed: 'because',
        ticked: [value],
      });
    }
    expect(await before()).toEqual(state);
  });

  it('of one kind do not stand for one of another', async () => {
    const { ref, alert, request } = scene.ids;
    const state = await before();
    const mistaken = [
      ['request_approve', alert],
      ['request_approve', ref],
      ['batch_approve', request],
      ['request_deny', ref],
      ['alert_acknowledge', request],
      ['alert_acknowledge', ref],
    ] as const;
    for (const [actionId, value] of mistaken) await scene.click({ by: 'U0BOB', actionId, value });
    expect(await before()).toEqual(state);
  });

  it('let nobody be somebody else: the person is who Slack says pressed', async () => {
    const state = await before();
    const beside = {
      by: 'U0BOB',
      user_id: 'U0BOB',
      message: { user: 'U0BOB' },
      container: { user: 'U0BOB' },
    };
    await scene.click({ by: 'U0ALICE', actionId: 'request_approve', value: scene.ids.request, beside });
    await scene.click({ by: 'u0bob', actionId: 'request_approve', value: scene.ids.request });
    await scene.click({ by: 'U0BOB ', actionId: 'request_approve', value: scene.ids.request });
    expect(await before()).toEqual(state);
  });

  it('leave the process as it was, and one decision alone', async () => {
    const asked = await scene.decisions();
    await scene.bob.press(scene.card, 'Approve & disconnect');
    await untilReads(scene.world, 'C0APPROVE', scene.bob, /Gone, checked/);
    expect(await scene.bot.stop()).toBe(0);
    expect(scene.bot.log.filter(({ msg }) => msg.startsWith('nobody caught'))).toEqual([]);
    expect(scene.host.disconnects).toEqual(['vm-db-1']);
    const decided = (await scene.decisions()).slice(asked.length).map(({ what }) => what);
    expect(decided).toEqual(['disconnect-approved', 'disconnect-sent', 'disconnect-gone']);
  });
});
