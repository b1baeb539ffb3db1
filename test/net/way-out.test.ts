import { once } from 'node:events';
import type { Server } from 'node:https';
import { createServer, request as secureRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { proxySettings } from '../../src/config/https-proxy.ts';
import { ProxyFailure, troubleOf } from '../../src/net/proxy-failure.ts';
import { openTunnel } from '../../src/net/tunnel.ts';
import type { WayOut } from '../../src/net/way-out.ts';
import { wayOut } from '../../src/net/way-out.ts';
import { ownOrSharedCertificate } from '../simulator/azure/shared-certificate.ts';
import { namesBehindProxy } from '../simulator/certificate.ts';
import type { ConnectProxy } from '../simulator/proxy/connect-proxy.ts';
import { startConnectProxy } from '../simulator/proxy/connect-proxy.ts';

const name = namesBehindProxy.slack;
const url = `https://${name}/path?query`;
const user = { name: 'bot@corp', password: 'p:a/s s%' };

let server: Server;
let port: number;
let proxy: ConnectProxy;
let heard: string[];

beforeEach(async () => {
  heard = [];
  const certificate = await ownOrSharedCertificate();
  server = createServer(certificate, (request, response) => {
    void text(request).then((body) => {
      heard.push(`${request.method} ${request.headers.host}${request.url} ${body}`);
      if (request.url === '/hang') return undefined;
      return response.end(JSON.stringify(request.headers));
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  proxy = await startConnectProxy({ user, targets: { [`${name}:443`]: port } });
});

afterEach(async () => {
  await proxy.stop();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const through = (noProxy = '') => proxySettings(proxy.url, noProxy, {}).proxy;

async function byAgent(out: WayOut, address = url): Promise<string> {
  const sent = secureRequest(address, { method: 'POST', agent: out.agent });
  sent.end('body');
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => void text(response).then(resolve, reject));
  });
}

async function bySocket(out: WayOut, address = `wss://${name}/socket`): Promise<string> {
  const socket = new WebSocket(address, { agent: out.agent });
  await once(socket, 'open');
  socket.send('hello');
  const answer = await new Promise<string>((resolve) => {
    socket.once('message', (data: Buffer) => resolve(data.toString()));
  });
  socket.terminate();
  return answer;
}

const byFetch = async (out: WayOut, address = url, signal?: AbortSignal) =>
  (await out.fetch(address, { method: 'POST', body: 'body', ...(signal && { signal }) })).text();

describe('a way out through a proxy', () => {
  it('leads to a name that only the proxy knows, with the user and the password it wants', async () => {
    const out = wayOut(through());
    expect(await byFetch(out)).toContain(name);
    expect(await byAgent(out)).toContain(name);
    expect(await bySocket(out)).toBe('hello');
    expect(heard).toEqual([`POST ${name}/path?query body`, `POST ${name}/path?query body`]);
    expect(new Set(proxy.asked)).toEqual(new Set([`${name}:443`]));
  });

  it('tells the proxy who the bot is, and nobody behind it', async () => {
    const out = wayOut(through());
    for (const answer of [await byFetch(out), await byAgent(out)]) expect(answer).not.toMatch(/proxy-auth/i);
  });

  it.each([
    ['fetch', byFetch],
    ['agent', byAgent],
  ])('keeps its connections, by %s', async (_which, call) => {
    const out = wayOut(through());
    for (let times = 0; times < 5; times += 1) await call(out);
    // undici opens a second one where a call follows the other in the same turn.
    expect(proxy.made.length).toBeLessThanOrEqual(2);
  });

  it('sends a form as a form', async () => {
    const form = new FormData();
    form.append('field', 'value');
    form.append('file', new Blob(['content']), 'name.txt');
    await wayOut(through()).fetch(url, { method: 'POST', body: form });
    expect(heard[0]).toMatch(/name="field"\r\n\r\nvalue[^]*filename="name\.txt"[^]*content/);
  });

  it.each([
    ['fetch', byFetch, 'https'],
    ['agent', byAgent, 'https'],
    ['socket', bySocket, 'wss'],
  ] as const)('is not taken for what is direct, by %s', async (_which, call, scheme) => {
    await call(wayOut(through()), `${scheme}://127.0.0.1:${port}/`);
    await call(wayOut(through()), `${scheme}://localhost:${port}/`);
    const { proxy: covering } = proxySettings(proxy.url, '', {});
    const narrow = {
      ...covering,
      covers: (host: string, at: number) => `${host}:${at}` !== `127.0.0.1:${port}`,
    };
    await call(wayOut(narrow), `${scheme}://127.0.0.1:${port}/`);
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [{ status: 407 }, { is: 'refused', status: 407 }],
    [{ status: 403 }, { is: 'refused', status: 403 }],
    [{ status: 502 }, { is: 'refused', status: 502 }],
    ['hang up', { is: 'unreachable' }],
    ['hang', { is: 'silent' }],
  ] as const)('says that it was the proxy, by whatever failed, for %j', async (how, trouble) => {
    proxy.behave(how);
    const out = wayOut(through(), 100);
    const failures = [
      await byFetch(out).catch((error: unknown) => (error instanceof Error ? error.cause : error)),
      await byAgent(out).catch((error: unknown) => error),
      await bySocket(out).catch((error: unknown) => error),
    ];
    const whole = { ...trouble, name: `127.0.0.1:${proxy.port}` };
    const ofTheProxy = failures.filter((failure) => failure instanceof ProxyFailure);
    expect(ofTheProxy).toEqual(failures);
    for (const { code, message, trouble: told } of ofTheProxy) {
      expect(told).toEqual(whole);
      expect(troubleOf(code, whole.name)).toEqual(whole);
      expect(message).not.toContain('corp');
    }
    expect(heard).toEqual([]);
  });

  it('says that there is no proxy', async () => {
    await proxy.stop();
    const tunnel = openTunnel(through(), { host: name, port: 443 });
    await expect(tunnel).rejects.toMatchObject({ trouble: { is: 'unreachable' } });
    proxy = await startConnectProxy({ targets: {} });
  });

  it('does not wait for a proxy that hangs, nor hold on to it', async () => {
    proxy.behave('hang');
    const tunnel = openTunnel(through(), { host: name, port: 443 }, 50);
    await expect(tunnel).rejects.toMatchObject({ trouble: { is: 'silent' } });
  });

  it('asks for addresses of version 6 in brackets', async () => {
    const tunnel = openTunnel(through(), { host: '2001:db8::1', port: 443 });
    await expect(tunnel).rejects.toMatchObject({ trouble: { is: 'refused', status: 403 } });
    expect(proxy.asked).toEqual(['[2001:db8::1]:443']);
  });

  it.each([url, `https://${name}/hang`])('is given up at once when the call is, for %s', async (address) => {
    if (address === url) proxy.behave('hang');
    const giveUp = new AbortController();
    const call = byFetch(wayOut(through()), address, giveUp.signal);
    const isUnderWay = () => (address === url ? proxy.asked : heard).length > 0;
    while (!isUnderWay()) await new Promise((resolve) => setImmediate(resolve));
    giveUp.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('trusts nobody else for the name: the proxy cannot answer in its place', async () => {
    const { proxy: settings } = proxySettings(proxy.url, '', {});
    const liar = await startConnectProxy({ targets: { 'other.test:443': port } });
    const out = wayOut({ ...settings, port: liar.port });
    await expect(byAgent(out, 'https://other.test/')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await expect(byFetch(out, 'https://other.test/')).rejects.toMatchObject({
      cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
    await liar.stop();
  });

  it('is not in what a library would print of a request', () => {
    expect(JSON.stringify({ agent: wayOut(through()).agent })).toBe('{"agent":"[agent]"}');
  });
});
