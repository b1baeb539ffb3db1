import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clickPayload } from '../support/forged.ts';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';

/** Only what Slack signed, now and byte for byte, does anything: everything else is refused and leaves no trace. */
describe('an approval that Slack did not send', () => {
  let scene: Scene;
  let body: string;
  const secret = () => scene.world.slack.environment.SLACK_SIGNING_SECRET ?? '';

  beforeAll(async () => {
    scene = await openScene();
    const click = { by: 'U0BOB', actionId: 'request_approve', value: scene.ids.request };
    body = `payload=${encodeURIComponent(JSON.stringify(clickPayload(click, scene.world.slack.world)))}`;
  });
  afterAll(async () => scene.stop());

  const seconds = (fromNow = 0) => String(Math.floor(Date.now() / 1000) + fromNow);
  const digest = (timestamp: string, over = body, key = secret()) =>
    createHmac('sha256', key).update(`v0:${timestamp}:${over}`).digest('hex');
  const headers = (timestamp: string, signature: string) => ({
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
  });
  type Forging = () => Readonly<Record<string, string>>;
  const signedAt =
    (fromNow: number): Forging =>
    () => {
      const at = seconds(fromNow);
      return headers(at, `v0=${digest(at)}`);
    };

  const forgings: readonly (readonly [string, Forging])[] = [
    ['without a signature', () => ({})],
    ['with a signature of nothing', () => headers(seconds(), '')],
    ['with a signature and no time', () => ({ 'x-slack-signature': `v0=${digest(seconds())}` })],
    ['with a time and no signature', () => ({ 'x-slack-request-timestamp': seconds() })],
    [
      'by another secret',
      () => headers(seconds(), `v0=${digest(seconds(), body, 'another-secret-of-32-characters!!')}`),
    ],
    ['by an empty secret', () => headers(seconds(), `v0=${digest(seconds(), body, '')}`)],
    ['of another body', () => headers(seconds(), `v0=${digest(seconds(), `${body}&x=1`)}`)],
    ['of another version', () => headers(seconds(), `v1=${digest(seconds())}`)],
    ['in capitals', () => headers(seconds(), `v0=${digest(seconds()).toUpperCase()}`)],
    ['cut short', () => headers(seconds(), `v0=${digest(seconds()).slice(0, 32)}`)],
    ['longer than any', () => headers(seconds(), `v0=${digest(seconds())}00`)],
    ['with letters that are no digits', () => headers(seconds(), `v0=${'é'.repeat(64)}`)],
    ['signed six minutes ago', signedAt(-360)],
    ['signed six minutes ahead', signedAt(360)],
    ['signed for the year 5000', signedAt(94_000_000_000)],
    ['at a time that is no number', () => headers('now', `v0=${digest('now')}`)],
    ['at an infinite time', () => headers('Infinity', `v0=${digest('Infinity')}`)],
    ['at half a second', () => headers(`${seconds()}.5`, `v0=${digest(`${seconds()}.5`)}`)],
    ['at a time in hexadecimal', () => headers('0x65', `v0=${digest('0x65')}`)],
  ];

  it.each(forgings)('does nothing: %s', async (_, forged) => {
    const before = [await scene.decisions(), scene.effects()];
    const answered = await scene.world.slack.sendRaw({ body, headers: forged(), sign: false });
    expect(answered).toMatchObject({ status: 401 });
    expect([await scene.decisions(), scene.effects()]).toEqual(before);
  });

  it('would have done it, signed by Slack', async () => {
    expect(await scene.world.slack.sendRaw({ body, sign: true })).toMatchObject({ status: 200 });
    await scene.world.slack.changes.until(() => scene.host.disconnects[0], 'the end of the session');
  });
});
