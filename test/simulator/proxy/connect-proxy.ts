import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
  /** Where `name:port` leads to on loopback; nothing else is allowed. */
  readonly targets: Readonly<Record<string, number>>;
  /** Whom it lets through; everybody unless given. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Spoken to over TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A company's proxy on loopback, which answers `CONNECT` and nothing else, and alone knows the names behind it. */
export interface ConnectProxy {
  readonly port: number;
  /** With the user and the password, as it stands in HTTPS_PROXY. */
  readonly url: string;
  /** `name:port` of every tunnel that was asked for, the refused ones included; and whatever else was. */
  readonly asked: readonly string[];
  /** `name:port` of every tunnel that was made, in this order. */
  readonly made: readonly string[];
  /** What everybody gets instead of a tunnel from now on; tunnels that stand go on. */
  behave(how: 'as usual' | 'hang' | 'hang up' | { readonly status: number }): void;
  /** Allows no more tunnel to this `name:port`, as its administrator may. */
  forbid(target: string): void;
  /** Ends every tunnel that stands. */
  hangUp(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const { targets, tls, user } = options;
  const asked: string[] = [];
  const made: string[] = [];
  const streams = new Set<Duplex>();
  const forbidden = new Set<string>();
  let behaviour: Parameters<ConnectProxy['behave']>[0] = 'as usual';
  const credentials = user && `${user.name}:${user.password}`;

  function serve(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const target = request.url ?? '';
    asked.push(target);
    keep(streams, stream);
    if (behaviour === 'hang') return;
    if (behaviour === 'hang up') return void stream.destroy();
    const status = typeof behaviour === 'object' ? behaviour.status : statusFor(request);
    if (status !== 200) return refuse(stream, status);
    const onward = connect(targets[target] ?? 0, '127.0.0.1');
    keep(streams, onward);
    onward.once('connect', () => {
      made.push(target);
      stream.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) onward.write(head);
      onward.pipe(stream).pipe(onward);
    });
    onward.once('close', () => stream.destroy());
    stream.once('close', () => onward.destroy());
  }

  function statusFor({ headers, url = '' }: IncomingMessage): number {
    const given = headers['proxy-authorization']?.replace(/^Basic /, '') ?? '';
    if (credentials !== undefined && Buffer.from(given, 'base64').toString() !== credentials) return 407;
    return targets[url] === undefined || forbidden.has(url) ? 403 : 200;
  }

  const server: Server = tls ? createSecureServer(tls) : createServer();
  server.on('request', ({ method, url }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''}`);
    response.writeHead(405).end();
  });
  server.on('connect', serve);
  server.on('connection', (socket: Socket) => keep(streams, socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const named = user ? `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@` : '';
  return {
    port,
    url: `http${tls ? 's' : ''}://${named}127.0.0.1:${port}`,
    asked,
    made,
    behave: (how) => {
      behaviour = how;
    },
    forbid: (target) => void forbidden.add(target),
    hangUp: async () => {
      const all = [...streams].filter((stream) => !stream.destroyed);
      const closed = all.map(async (stream) => once(stream, 'close'));
      for (const stream of all) stream.destroy();
      await Promise.all(closed);
    },
    stop: async () => {
      for (const stream of streams) stream.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function refuse(stream: Duplex, status: number): void {
  const more = status === 407 ? 'proxy-authenticate: Basic realm="proxy"\r\n' : '';
  // A page of the company's, as such proxies send it.
  const page = '<html>Access denied by policy</html>';
  stream.end(
    `HTTP/1.1 ${status} No\r\n${more}content-type: text/html\r\ncontent-length: ${page.length}\r\n\r\n${page}`,
  );
}

function keep(streams: Set<Duplex>, stream: Duplex): void {
  streams.add(stream);
  stream.on('error', () => stream.destroy());
  stream.once('close', () => streams.delete(stream));
}
