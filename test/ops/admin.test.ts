import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AdminLimits, AdminServer } from '../../src/ops/admin.ts';
import { CannotListen, startAdminServer } from '../../src/ops/admin.ts';
import type { HealthBoard } from '../../src/ops/health.ts';
import { healthBoard } from '../../src/ops/health.ts';
import { pinoLog } from '../../src/ops/log.ts';
import { promMetrics } from '../../src/ops/metrics.ts';
import type { RawConnection } from '../support/raw-connection.ts';
import { httpHead, rawConnection } from '../support/raw-connection.ts';

const log = pinoLog({ level: 'silent' });
let board: HealthBoard;
let metrics: () => Promise<string>;
let server: AdminServer;

beforeEach(async () => {
  board = healthBoard({ clock: () => 5 });
  board.expect('redis', { required: true });
  const prom = promMetrics();
  metrics = () => prom.text();
  server = await startAdminServer({
    host: '127.0.0.1',
    port: 0,
    health: () => board.health(),
    metrics: () => metrics(),
    log,
  });
});
afterEach(() => server.stop());

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);

/** What comes back for raw bytes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

/** Of a server that somebody besieges. */
async function besieged(limits: Partial<AdminLimits>, besiege: (port: number) => Promise<void>) {
  const small = await startAdminServer({
    host: '127.0.0.1',
    port: 0,
    health: () => board.health(),
    metrics,
    log,
    limits,
  });
  try {
    await besiege(small.port);
  } finally {
    await small.stop();
  }
}

describe('the admin server', () => {
  it('is alive while it runs', async () => {
    expect((await get('/livez')).status).toBe(200);
  });

  it('is ready when every required part is, and names each part either way', async () => {
    const before = await get('/readyz');
    expect(before.status).toBe(503);
    expect(await before.json()).toEqual({
      ready: false,
      parts: [{ name: 'redis', required: true, state: 'starting', since: 5 }],
    });

    board.report('redis', 'ok');
    board.report('azure', 'down', 'refused xoxb-hunter2');
    const after = await get('/readyz?verbose');
    expect(after.status).toBe(200);
    const text = await after.text();
    expect(text).toContain('"name":"azure","required":false,"state":"down"');
    expect(text).not.toContain('hunter2');
  });

  it('shows the metrics', async () => {
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    expect(await response.text()).toContain('process_resident_memory_bytes');
  });

  it('answers 404 to anything else', async () => {
    for (const path of ['/', '/livez/', '//', '/%', '/../etc/passwd']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    expect((await get('/livez', { method: 'POST', body: 'x' })).status).toBe(404);
  });

  it.each([
    'GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    'GET http://[ HTTP/1.0\r\n\r\n',
    'nonsense\r\n\r\n',
  ])('survives %j', async (bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1.1 4/);
    expect((await get('/livez')).status).toBe(200);
  });

  it.each([
    { 'content-length': '1000' },
    { 'content-length': '1000', expect: '100-continue' },
    { 'transfer-encoding': 'chunked' },
  ])('reads no body: %j', async (headers) => {
    const { closed } = await rawConnection(server.port, httpHead({ line: 'GET /livez HTTP/1.1', headers }));
    expect(await closed).toMatch(/^HTTP\/1.1 200 /);
  });

  it.each(['', 'GET /livez HTTP/1.1\r\n'])('waits only so long after %j', async (bytes) => {
    await besieged({ requestMs: 100, checkEveryMs: 10 }, async (port) => {
      const { closed } = await rawConnection(port, bytes);
      expect(await closed).toMatch(/^HTTP\/1.1 408 /);
    });
  });

  it('answers one question of a connection, however many come in one packet', async () => {
    let asked = 0;
    metrics = async () => {
      asked += 1;
      return Promise.resolve('one 1\n');
    };
    const said = await raw('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(100));
    expect(said.match(/^HTTP\/1\.1 /gm) ?? []).toHaveLength(1);
    expect(asked).toBe(1);
  });

  it('makes the metrics once for all who ask at once', async () => {
    let asked = 0;
    metrics = async () => {
      asked += 1;
      return Promise.resolve('one 1\n');
    };
    await Promise.all(Array.from({ length: 10 }, async () => (await get('/metrics')).text()));
    expect(asked).toBe(1);
  });

  it('answers beside connections that are only held, and gives up the oldest', async () => {
    await besieged({ connections: 5 }, async (port) => {
      const held: RawConnection[] = [];
      for (let each = 0; each < 20; each++) held.push(await rawConnection(port));
      expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
      await Promise.all(held.slice(0, 16).map(async ({ closed }) => closed));
      expect(held.at(-1)?.isOpen()).toBe(true);
    });
  });

  it('answers 500 when the metrics cannot be had, and goes on', async () => {
    metrics = () => Promise.reject(new Error('no metrics'));
    expect((await get('/metrics')).status).toBe(500);
    expect((await get('/livez')).status).toBe(200);
  });

  it('says in words that its port is in use', async () => {
    const { port } = server;
    const second = startAdminServer({ host: '127.0.0.1', port, health: () => board.health(), metrics, log });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: the port is in use`);
  });

  it('stops although a client keeps its connection open, in the middle of a request', async () => {
    await (await get('/livez')).text();
    const client = connect({ host: '127.0.0.1', port: server.port });
    client.write('GET /livez HTTP/1.1\r\n');
    await once(client, 'ready');
    const closed = new Promise((resolve) => client.once('close', resolve));
    client.on('error', () => undefined);
    let heard = '';
    client.on('data', (data) => (heard += data.toString()));
    await server.stop();
    await closed;
    // It is cut off: the server does not wait until the request has taken too long, and says so.
    expect(heard).toBe('');
  });
});
