import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import { wayOut } from '../../../src/net/way-out.ts';
import { CannotStart } from '../../../src/ports/cannot-start.ts';
import type { SocketReceiver, SocketReceiverOptions } from '../../../src/slack/wire/socket-receiver.ts';
import { socketReceiver } from '../../../src/slack/wire/socket-receiver.ts';
import { slackLogger } from '../../../src/slack/wire/web-client.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { startSlack } from '../../simulator/slack/simulator.ts';
import { eventually } from '../../support/eventually.ts';
import { logLines } from '../../support/log-lines.ts';

let slack: SlackSimulator;
let receiver: SocketReceiver;
let states: string[];
let served: string[];
/** What the app does between hearing a command and acknowledging it. */
let beforeAck: () => Promise<unknown>;

function listen(more: Partial<SocketReceiverOptions> = {}): SocketReceiver {
  const { log } = logLines();
  const { SLACK_APP_TOKEN: appToken = '', SLACK_API_URL: apiUrl } = slack.environment;
  const made = socketReceiver({
    appToken,
    apiUrl,
    out: wayOut(),
    clock: Date.now,
    log,
    admit: () => Promise.resolve('admitted'),
    onState: (state) => states.push(state),
    startWithinMs: 500,
    ...more,
  });
  const app = new App({
    receiver: made,
    logger: slackLogger(log),
    convoStore: false,
    authorize: () => Promise.resolve({}),
  });
  app.command(/.*/, async ({ command, ack }) => {
    await beforeAck();
    await ack();
    served.push(command.text);
  });
  return made;
}

const isConnected = async (count = 2) => slack.changes.until(() => slack.sockets.open.length === count);
const command = async (text: string) => slack.as('U0ALICE').command(`/bastion ${text}`);

/** A command that was heard and is acknowledged once it is decided. */
async function commandInWork() {
  let decide: () => void = () => undefined;
  const decided = new Promise<void>((resolve) => (decide = resolve));
  let isHeard = false;
  beforeAck = async () => {
    isHeard = true;
    await decided;
  };
  const acknowledged = command('slow');
  await eventually('it is heard', () => isHeard);
  return { acknowledged, decide };
}

beforeEach(async () => {
  slack = await startSlack({ mode: 'socket' });
  states = [];
  served = [];
  beforeAck = () => Promise.resolve();
  receiver = listen();
});
afterEach(async () => {
  await receiver.stop(1000);
  await slack.stop();
});

describe('the start of Socket Mode', () => {
  it('makes two connections, and hears over them', async () => {
    await receiver.start();
    await isConnected();
    expect(await command('one')).toMatchObject({ ok: true });
    expect(states.at(-1)).toBe('ok');
    expect(served).toEqual(['one']);
  });

  it.each(['refused', 'not-yet'] as const)('thanks Slack for nothing that is %s', async (admitted) => {
    receiver = listen({ admit: () => Promise.resolve(admitted) });
    await receiver.start();
    await isConnected();
    expect(await command('one')).toMatchObject({ ok: false });
    expect(served).toEqual([]);
  });

  it('thanks Slack for what is ignored', async () => {
    receiver = listen({ admit: () => Promise.resolve('ignored') });
    await receiver.start();
    await isConnected();
    expect(await command('one')).toMatchObject({ ok: true });
    expect(served).toEqual([]);
  });

  it('ends when Slack refuses the token', async () => {
    receiver = listen({ appToken: 'xapp-wrong' });
    const refusal = await receiver.start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect(String(refusal)).toMatch(/SLACK_APP_TOKEN.*invalid_auth/);
  });

  it('ends when the token lacks its scope', async () => {
    slack.appToken.scopes.clear();
    await expect(receiver.start()).rejects.toThrow(/missing_scope/);
  });

  it.each([
    [
      'apps.connections.open fails',
      () => slack.fault({ method: 'apps.connections.open', instead: { status: 503 } }),
    ],
    [
      'apps.connections.open is cut off',
      () => slack.fault({ method: 'apps.connections.open', instead: 'reset' }),
    ],
    ['the WebSocket is refused', () => slack.sockets.turnAway('refuse')],
  ])('goes on while %s, and hears Slack as soon as that is over', async (_, begin) => {
    const trouble = begin();
    await receiver.start();
    await slack.changes.until(() => slack.requests.count('apps.connections.open') > 3);
    trouble.end();
    await isConnected();
    expect(await command('at last')).toMatchObject({ ok: true });
  });

  it('goes on while Slack says no hello', async () => {
    slack.sockets.turnAway('never-greet');
    await receiver.start();
    expect(await command('too early')).toMatchObject({ error: 'dispatch_failed' });
  });

  it('asks Slack less and less often', async () => {
    slack.sockets.turnAway('refuse');
    const begunAt = performance.now();
    await receiver.start();
    await slack.changes.until(() => slack.requests.count('apps.connections.open') >= 10);
    expect(performance.now() - begunAt).toBeGreaterThan(1500);
  });
});

describe('a connection', () => {
  beforeEach(async () => {
    await receiver.start();
    await isConnected();
  });

  it.each(['refresh_requested', 'warning'] as const)(
    'that Slack wants replaced (%s) is, and no command is lost over that',
    async (reason) => {
      const replaced = slack.sockets.disconnect({ reason, once: isConnected(4) });
      const texts = Array.from({ length: 100 }, (_, index) => String(index));
      for (const text of texts) expect(await command(text)).toMatchObject({ ok: true });
      await replaced;
      await isConnected();
      expect(slack.sockets.greeted).toBe(4);
      expect(served).toEqual(texts);
    },
  );

  it('that Slack closes while a command is in work acknowledges it nevertheless, beside its successor', async () => {
    const { acknowledged, decide } = await commandInWork();
    const asked = slack.requests.count('apps.connections.open');
    for (const socket of slack.sockets.open) socket.close();
    // It has heard of the close once it wants a successor.
    await slack.changes.until(() => slack.requests.count('apps.connections.open') > asked);
    decide();
    expect(await acknowledged).toMatchObject({ ok: true });
    expect(served).toEqual(['slow']);
    await isConnected();
  });

  it('that is cut is made anew', async () => {
    for (const socket of slack.sockets.open) socket.cut();
    await isConnected(0);
    await isConnected();
    expect(await command('again')).toMatchObject({ ok: true });
    expect(states).toContain('degraded');
    expect(states.at(-1)).toBe('ok');
  });

  it('that is out for long makes the part fail, until it is back', async () => {
    const refused = slack.sockets.turnAway('refuse');
    for (const socket of slack.sockets.open) socket.cut();
    await eventually('the part is down', () => states.at(-1) === 'down');
    refused.end();
    await isConnected();
    expect(states.at(-1)).toBe('ok');
  });

  it('that goes silent is replaced', async () => {
    await receiver.stop(100);
    receiver = listen({ pingEveryMs: 50 });
    await receiver.start();
    await isConnected();
    for (const socket of slack.sockets.open) socket.silence();
    await slack.changes.until(() => slack.sockets.greeted === 6);
    await isConnected();
    expect(await command('heard')).toMatchObject({ ok: true });
  });

  it.each([
    'null',
    '[]',
    'no JSON',
    '{}',
    '{"type":"events_api"}',
    '{"type":"events_api","envelope_id":"1","payload":null}',
    '{"type":"events_api","envelope_id":"1","payload":{}}',
    '{"type":"events_api","envelope_id":"1","payload":{"type":"event_callback"}}',
    '{"type":"slash_commands","envelope_id":"1","payload":{"command":null}}',
    '{"type":"interactive","envelope_id":1,"payload":{"type":"block_actions"}}',
    '{"type":"interactive","envelope_id":"1","payload":{"type":"block_actions","actions":null}}',
    '{"type":"unheard_of","envelope_id":"1","payload":{}}',
  ])('survives %s', async (frame) => {
    for (const socket of slack.sockets.open) socket.send(frame);
    expect(await command('still there')).toMatchObject({ ok: true });
    expect(slack.sockets.greeted).toBe(2);
  });
});

describe('the stop of Socket Mode', () => {
  it('waits for what is in work, and acknowledges it', async () => {
    await receiver.start();
    await isConnected();
    const { acknowledged, decide } = await commandInWork();
    const stopped = receiver.stop(5000);
    await isConnected(1);
    decide();
    expect(await acknowledged).toMatchObject({ ok: true });
    await stopped;
    expect(served).toEqual(['slow']);
    expect(slack.sockets.open).toEqual([]);
  });

  it('leaves what takes too long', async () => {
    await receiver.start();
    beforeAck = async () => new Promise(() => undefined);
    const unanswered = command('for ever');
    await receiver.stop(200);
    expect(await unanswered).toMatchObject({ error: 'operation_timeout' });
  });

  it('makes no connection any more', async () => {
    const refused = slack.sockets.turnAway('refuse');
    await receiver.start();
    await receiver.stop(1000);
    refused.end();
    const asked = slack.requests.count();
    expect(await command('nobody there')).toMatchObject({ error: 'dispatch_failed' });
    expect(slack.sockets.greeted).toBe(0);
    expect(slack.requests.count()).toBe(asked);
  });
});
