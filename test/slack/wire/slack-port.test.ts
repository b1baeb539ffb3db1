import { afterEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import type { Admission } from '../../../src/slack/wire/admission.ts';
import type { PortLimits } from '../../../src/slack/wire/guarded-server.ts';
import type { HttpReceiver } from '../../../src/slack/wire/http-receiver.ts';
import { httpReceiver } from '../../../src/slack/wire/http-receiver.ts';
import { slackLogger } from '../../../src/slack/wire/web-client.ts';
import { eventually } from '../../support/eventually.ts';
import { logLines } from '../../support/log-lines.ts';
import type { RawConnection } from '../../support/raw-connection.ts';
import { forgedHeaders, httpHead, rawConnection } from '../../support/raw-connection.ts';
import { signatureHeaders } from '../../support/signature.ts';

const signingSecret = '0123456789abcdef0123456789abcdef';
const now = Date.parse('2026-11-23T12:00:00Z');
const hourMs = 3_600_000;
type Headers = Readonly<Record<string, string>>;
const opened: RawConnection[] = [];
const receivers: HttpReceiver[] = [];

afterEach(async () => {
  for (const { socket } of opened.splice(0)) socket.destroy();
  await Promise.all(receivers.splice(0).map(async (receiver) => receiver.stop(1000)));
});

/** Limits of time that no test waits for, unless it names others. */
async function startPort(limits: Partial<PortLimits> = {}) {
  const { log, lines } = logLines();
  const refused: string[] = [];
  const served: string[] = [];
  let admit: Admission = async () => 'admitted';
  const receiver = httpReceiver({
    signingSecret,
    port: 0,
    clock: () => now,
    log,
    admit: async (body) => admit(body),
    onRefused: (because) => refused.push(because),
    limits: { requestMs: hourMs, ...limits },
    tellEveryMs: hourMs,
    lingerMs: 0,
  });
  receivers.push(receiver);
  const logger = slackLogger(log);
  const app = new App({ receiver, logger, convoStore: false, authorize: () => Promise.resolve({}) });
  app.command(/.*/, async ({ command, ack }) => {
    served.push(command.text);
    await ack();
  });
  const { port } = await receiver.start();
  return {
    lines,
    refused,
    served,
    stop: async () => receiver.stop(1000),
    holdAnswers: () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const begun = new Promise<void>((resolve) => {
        admit = async () => {
          resolve();
          await held;
          return 'admitted';
        };
      });
      return { begun, release: () => release() };
    },
    open: async (bytes = '') => {
      const connection = await rawConnection(port, bytes);
      opened.push(connection);
      return connection;
    },
    command: async (text: string) => {
      const { headers, body } = signedCommand(text);
      return fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });
    },
  };
}

function signedCommand(text: string): { readonly body: string; readonly headers: Headers } {
  const body = `command=%2Fbastion&text=${text}`;
  const headers = forgedHeaders(Buffer.byteLength(body), now);
  return { body, headers: { ...headers, ...signatureHeaders({ body, signingSecret, now }) } };
}

const like = (headers: Readonly<Record<string, string>>, line?: string) =>
  httpHead({ headers: { ...forgedHeaders(1000, now), ...headers }, ...(line !== undefined && { line }) });
const without = (name: string) =>
  httpHead({
    headers: Object.fromEntries(Object.entries(forgedHeaders(1000, now)).filter(([key]) => key !== name)),
  });
const seconds = (offset: number) => String(now / 1000 + offset);

describe('a request that is not like Slack’s', () => {
  it.each([
    ['no signature', without('x-slack-signature'), 401, 'unsigned'],
    ['a short signature', like({ 'x-slack-signature': `v0=${'0'.repeat(63)}` }), 401, 'unsigned'],
    ['a signature and more', like({ 'x-slack-signature': `v0=${'0'.repeat(65)}` }), 401, 'unsigned'],
    ['another version', like({ 'x-slack-signature': `v1=${'0'.repeat(64)}` }), 401, 'unsigned'],
    ['no time', without('x-slack-request-timestamp'), 401, 'unsigned'],
    ['a time that is no number', like({ 'x-slack-request-timestamp': '1e9' }), 401, 'unsigned'],
    ['an old time', like({ 'x-slack-request-timestamp': seconds(-301) }), 401, 'stale-time'],
    ['a time to come', like({ 'x-slack-request-timestamp': seconds(301) }), 401, 'stale-time'],
    ['a method', like({}, 'PUT /slack/events HTTP/1.1'), 404, 'wrong-address'],
    ['a path', like({}, 'POST /slack/event HTTP/1.1'), 404, 'wrong-address'],
    ['a path like an address', like({}, 'POST //slack/events HTTP/1.1'), 404, 'wrong-address'],
    ['a type', like({ 'content-type': 'text/plain' }), 415, 'wrong-type'],
    ['no type', without('content-type'), 415, 'wrong-type'],
    ['an encoding', like({ 'content-encoding': 'gzip' }), 415, 'wrong-type'],
    ['a length', like({ 'content-length': '1048577' }), 413, 'body-too-large'],
    ['no body', like({ 'content-length': '0' }), 400, 'no-payload'],
    ['no length', without('content-length'), 400, 'no-payload'],
    ['an expectation', like({ expect: 'gold' }), 417, 'wrong-expectation'],
    [
      'a question and no signature',
      like({ expect: '100-continue', 'x-slack-signature': '' }),
      401,
      'unsigned',
    ],
    ['two lengths', like({ 'content-length': '5\r\ncontent-length: 6' }), 400, 'malformed'],
    ['a length and pieces', like({ 'transfer-encoding': 'chunked' }), 400, 'malformed'],
    ['a length that is no number', like({ 'content-length': '-1' }), 400, 'malformed'],
    ['a head without end', like({ cookie: 'x'.repeat(20_000) }), 431, 'head-too-large'],
    ['no HTTP', 'nonsense\r\n\r\n', 400, 'malformed'],
  ])('is refused by its head: %s', async (_, head, status, because) => {
    const port = await startPort();
    const { closed } = await port.open(head);
    expect(await closed).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\n`));
    expect(port.refused).toEqual([because]);
    expect((await port.command('next')).status).toBe(200);
  });

  it('costs its sender the connection where only the signature is wrong', async () => {
    const port = await startPort();
    const forged = `${httpHead({ headers: forgedHeaders(5, now) })}text=`;
    const { closed } = await port.open(forged);
    expect(await closed).toMatch(/^HTTP\/1.1 401 /);
    expect(port.refused).toEqual(['bad-signature']);
  });

  it('is told from Slack’s check of the certificate, for whose body nobody waits', async () => {
    const port = await startPort();
    const head = httpHead({
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '11' },
    });
    expect(await (await port.open(`${head}ssl_check=1`)).closed).toMatch(/^HTTP\/1.1 200 /);
    expect(await (await port.open(`${head}ssl_check=0`)).closed).toMatch(/^HTTP\/1.1 401 /);
    expect(await (await port.open(head)).closed).toMatch(/^HTTP\/1.1 401 /);
  });
});

describe('a request like Slack’s', () => {
  it('is asked for its body where it waits for that, and read in pieces', async () => {
    const port = await startPort();
    const { headers, body } = signedCommand('pieces');
    const { 'content-length': _, ...others } = headers;
    const head = httpHead({ headers: { ...others, 'transfer-encoding': 'chunked', expect: '100-continue' } });
    const { socket, heard } = await port.open(head);
    await eventually('it is asked for', () => heard() === 'HTTP/1.1 100 Continue\r\n\r\n');
    for (const byte of body) socket.write(`1\r\n${byte}\r\n`);
    socket.write('0\r\n\r\n');
    await eventually('it is answered', () => heard().includes('HTTP/1.1 200 OK'));
    expect(port.served).toEqual(['pieces']);
  });

  it.each([
    ['a head', 'POST /slack/events HTTP/1.1\r\nhost: bot\r\n'],
    ['nothing at all', ''],
    ['a body', `${like({})}text=`],
    [
      'a body in pieces',
      `${httpHead({ headers: { ...forgedHeaders(0, now), 'content-length': '', 'transfer-encoding': 'chunked' } }).replace('content-length: \r\n', '')}1\r\nx\r\n`,
    ],
  ])('has so long for %s and no longer', async (_, bytes) => {
    const port = await startPort({ requestMs: 100, checkEveryMs: 10 });
    const { closed } = await port.open(bytes);
    expect(await closed).toMatch(/^HTTP\/1.1 408 /);
    expect(port.refused).toEqual(['too-slow']);
  });

  it('is refused in pieces that grow too many', async () => {
    const port = await startPort({ bodyBytes: 10_000 });
    const { 'content-length': _, ...others } = forgedHeaders(0, now);
    const head = httpHead({ headers: { ...others, 'transfer-encoding': 'chunked' } });
    const { closed } = await port.open(head + `3e8\r\n${'x'.repeat(1000)}\r\n`.repeat(11));
    expect(await closed).toMatch(/^HTTP\/1.1 413 /);
    expect(port.refused).toEqual(['body-too-large']);
  });

  it.each([
    ['resets', (socket: RawConnection['socket']) => socket.resetAndDestroy()],
    ['hangs up', (socket: RawConnection['socket']) => socket.end()],
  ])('ends where its sender %s in the middle of its body', async (_, leave) => {
    const port = await startPort();
    const { socket, closed } = await port.open(`${like({ expect: '100-continue' })}text=`);
    await new Promise((resolve) => socket.once('data', resolve));
    leave(socket);
    await closed;
    await eventually('it is counted', () => port.refused.length > 0);
    expect(port.refused).toEqual(['cut-off']);
    expect((await port.command('next')).status).toBe(200);
  });

  it('has its connection for itself until it is answered', async () => {
    const port = await startPort();
    const { headers, body } = signedCommand('first');
    const whole = httpHead({ headers }) + body;
    expect(await (await port.open(whole.repeat(3))).closed).toMatch(/^HTTP\/1.1 400 /);
    expect(port.refused).toEqual(['not-in-turn']);

    const held = port.holdAnswers();
    const { socket, closed } = await port.open(whole);
    await held.begun;
    socket.write(whole);
    expect(await closed).toBe('');
    held.release();
    expect(port.refused).toEqual(['not-in-turn', 'not-in-turn']);
    expect(port.served).toEqual([]);
  });

  it('survives that nobody waits for its answer any more', async () => {
    const port = await startPort();
    const held = port.holdAnswers();
    const { headers, body } = signedCommand('gone');
    const { socket, closed } = await port.open(httpHead({ headers }) + body);
    await held.begun;
    socket.resetAndDestroy();
    await closed;
    held.release();
    expect((await port.command('next')).status).toBe(200);
  });
});

describe('Slack’s port under siege', () => {
  it.each([
    ['idle', ''],
    ['in their heads', 'POST /slack/events HTTP/1.1\r\nhost: bot\r\n'],
    ['in forged bodies', `${like({ 'content-length': '100000' })}text=`],
  ])(
    'serves Slack beside connections that are slow, %s, and gives up the longest waiting',
    async (_, bytes) => {
      const port = await startPort({ connections: 10, burstConnections: 10, burstMs: 0 });
      const besiegers: RawConnection[] = [];
      for (let each = 0; each < 40; each++) besiegers.push(await port.open(bytes));
      const answers = [];
      for (const text of ['one', 'two', 'three']) answers.push((await port.command(text)).status);
      expect(answers).toEqual([200, 200, 200]);
      await eventually('few are left', () => besiegers.filter(({ isOpen }) => isOpen()).length <= 10);
      const left = besiegers.map(({ isOpen }) => isOpen());
      expect(left.slice(0, 30)).not.toContain(true);
      expect(left.at(-1)).toBe(true);
      expect(port.refused.every((because) => because === 'crowded-out')).toBe(true);
    },
  );

  it('serves Slack beside forged bodies that together take all the room there is', async () => {
    const port = await startPort({ bodyBytes: 100_000, allBodiesBytes: 250_000 });
    const besiegers: RawConnection[] = [];
    for (let each = 0; each < 20; each++) {
      besiegers.push(await port.open(like({ 'content-length': '90000' }) + 'x'.repeat(89_000)));
      expect((await port.command(String(each))).status).toBe(200);
    }
    const refused = besiegers.slice(0, 18);
    for (const each of refused) expect(await each.closed).toMatch(/^HTTP\/1.1 503 /);
    expect(port.served).toHaveLength(20);
  });

  it('tells of what it refuses once in so long, with a count and nothing else', async () => {
    const port = await startPort();
    const evil = like(
      { 'x-slack-signature': 'evil', 'user-agent': 'evil' },
      'POST /slack/events?evil HTTP/1.1',
    );
    for (let each = 0; each < 50; each++) await (await port.open(evil)).closed;
    await (
      await port.open(like({ 'x-slack-request-timestamp': seconds(-900) }))
    ).closed;
    // A probe of who balances the load.
    await (
      await port.open(httpHead({ line: 'GET / HTTP/1.1' }))
    ).closed;
    const told = () => port.lines.map(({ level, fields }) => ({ level, ...fields }));
    expect(told()).toEqual([{ level: 'warn', refused: { unsigned: 1 } }]);
    await port.stop();
    expect(told().slice(1)).toEqual([{ level: 'warn', refused: { unsigned: 49, 'stale-time': 1 } }]);
    expect(port.refused).toHaveLength(52);
    expect(JSON.stringify(port.lines)).not.toContain('evil');
  });

  it('says nothing of who only looks whether somebody listens', async () => {
    const port = await startPort();
    const [left, reset] = [await port.open(), await port.open()];
    left.socket.end();
    reset.socket.resetAndDestroy();
    await Promise.all([left.closed, reset.closed]);
    expect((await port.command('next')).status).toBe(200);
    expect(port.refused).toEqual([]);
    expect(port.lines).toEqual([]);
  });
});
