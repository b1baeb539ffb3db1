import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { CannotStart } from '../ports/cannot-start.ts';
import type { Log } from '../ports/log.ts';
import type { Health } from './health.ts';
import { redact } from './redact.ts';

export interface AdminServerOptions {
  readonly host: string;
  readonly port: number;
  readonly health: () => Health;
  readonly metrics: () => Promise<string>;
  readonly log: Log;
  readonly limits?: Partial<AdminLimits>;
}

export interface AdminLimits {
  readonly connections: number;
  readonly requestMs: number;
  readonly checkEveryMs: number;
  readonly keepMetricsMs: number;
}

const adminLimits: AdminLimits = {
  connections: 100,
  requestMs: 5000,
  checkEveryMs: 1000,
  keepMetricsMs: 500,
};

export interface AdminServer {
  readonly port: number;
  stop(): Promise<void>;
}

export class CannotListen extends CannotStart {
  override readonly name = 'CannotListen';
  readonly code: string;

  constructor(host: string, port: number, code: string) {
    super(`cannot listen on ${host}:${port}: ${code === 'EADDRINUSE' ? 'the port is in use' : code}`);
    this.code = code;
  }
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Rejects with `CannotListen`. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const { host, port, log } = options;
  const limits = { ...adminLimits, ...options.limits };
  const metrics = keptFor(limits.keepMetricsMs, options.metrics);
  const heard = new WeakSet<Socket>();
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    // One question a connection: thousands in one packet would keep the process from its work.
    if (heard.has(socket)) return;
    heard.add(socket);
    response.setHeader('connection', 'close');
    answer(request, { ...options, metrics }).then(
      (answered) => send(response, answered),
      (error: unknown) => {
        log.error({ error, path: pathOf(request) }, 'could not answer on the admin port');
        send(response, plain(500, 'error'));
      },
    );
  };
  const server = createServer(
    {
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    respond,
  );
  server.on('checkContinue', respond);
  giveUpOldestBeyond(server, limits.connections);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CannotListen(host, port, codeOf(error));
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, { health, metrics }: AdminServerOptions): Promise<Answer> {
  const path = pathOf(request);
  switch (request.method === 'GET' || request.method === 'HEAD' ? path : undefined) {
    case '/livez':
      return plain(200, 'ok');
    case '/readyz': {
      const now = health();
      return { status: now.ready ? 200 : 503, type: 'application/json', body: JSON.stringify(redact(now)) };
    }
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await metrics() };
    default:
      return plain(404, 'not found');
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0] ?? '';
}

/** The same answer for all askers within `keepMs`; a failure is not kept. */
function keptFor(keepMs: number, ask: () => Promise<string>): () => Promise<string> {
  let kept: { readonly until: number; readonly text: Promise<string> } | undefined;
  return async () => {
    const now = performance.now();
    if (kept && now < kept.until) return kept.text;
    const text = ask();
    kept = { until: now + keepMs, text };
    return text.catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
  };
}

/** A client that only holds connections keeps no probe out. */
function giveUpOldestBeyond(server: Server, most: number): void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    const [oldest] = open;
    if (oldest && open.size >= most) oldest.destroy();
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

function plain(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error && 'code' in error ? String(error.code) : String(error);
}
