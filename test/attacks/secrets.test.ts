import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { untilReads } from '../support/world.ts';
import { everythingIn } from '../support/everything-in.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';

/** What the simulated Azure hands out, and Slack's one-time addresses. */
const oneTime = /simulated-[0-9a-f]{8}-|\/(?:commands|actions)\/T0BASTION\/[0-9a-f]/;

/** No secret is written anywhere: not to the log at its loudest, not to Redis, not to the admin port, whatever fails. */
describe('secrets', () => {
  let scene: Scene;
  let triggers: readonly string[];
  let admin: readonly string[];

  beforeAll(async () => {
    scene = await openScene({ LOG_LEVEL: 'trace' });
    const { slack, azure } = scene.world;
    const sent: string[] = [];
    const note = () => sent.push(decodeURIComponent(slack.lastSent().body));
    await scene.alice.command('/bastion sessions');
    note();
    await scene.alice.nextEphemeral();
    await scene.bob.press(scene.card, 'Approve & disconnect');
    note();
    await untilReads(scene.world, 'C0APPROVE', scene.bob, /Gone, checked/);

    // Errors are where secrets get out.
    const failing = ['views.open', 'response_url', 'auth.test'] as const;
    const faults = failing.map((method) => slack.fault({ method, instead: { status: 500, body: 'down' } }));
    azure.revokeTokens();
    await scene.alice.press(await untilReads(scene.world, 'C0ALERTS', scene.alice, /on vm-db-2/), 'Snooze');
    await scene.alice.command('/bastion sessions');
    await eventually('all of it has failed', async () => faults.every(({ hits }) => hits > 0));
    await scene.bot.waitForLog(({ msg }) => msg === 'lost a private answer');
    await scene.world.redis.restart();
    await scene.bot.waitForLog(({ msg }) => msg === 'cannot reach Redis');
    for (const fault of faults) fault.end();
    admin = await Promise.all(
      ['metrics', 'readyz'].map(async (path) => (await fetch(`${scene.bot.adminUrl}/${path}`)).text()),
    );
    note();
    triggers = sent.flatMap((body) => /trigger_id(?:=|":")([\w.]+)/.exec(body)?.[1] ?? []);
  });
  afterAll(async () => scene.stop());

  const settings = () => {
    const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET = '' } = scene.world.slack.environment;
    return [SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET];
  };
  const found = (text: string) => [
    ...[...settings(), ...triggers].filter((secret) => text.includes(secret)),
    ...(oneTime.exec(text) ?? []),
  ];

  it('are known to this test, which would find them', () => {
    expect(triggers).toHaveLength(3);
    for (const secret of settings()) expect(secret.length).toBeGreaterThan(10);
    expect(found(`x ${settings()[0] ?? ''} simulated-01234567-`)).toHaveLength(2);
  });

  it('are in no line of the log, at its loudest', () => {
    const text = JSON.stringify(scene.bot.log) + scene.bot.output();
    expect(text.length).toBeGreaterThan(1000);
    expect(found(text)).toEqual([]);
  });

  it('are in no key and no value of Redis', async () => {
    const text = await everythingIn(scene.direct);
    expect(text).toContain('maintenance tonight');
    expect(found(text)).toEqual([]);
  });

  it('are not on the admin port, and neither are people, machines or sessions', () => {
    for (const text of admin) {
      expect(found(text)).toEqual([]);
      expect(text).not.toMatch(
        /vm-db|\bdba\b|U0(?:ALICE|BOB|CAROL)|maintenance|@example|\d+\.\d+\.\d+\.\d+/i,
      );
    }
  });
});
