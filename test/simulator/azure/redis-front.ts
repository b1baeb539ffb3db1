import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { onIssued, redisAudience } from './identity.ts';

export interface RedisFrontOptions {
  /** Of a real server. */
  readonly socketPath: string;
  /** The object id of the identity that is let in. */
  readonly user: string;
  /** What it may, as in `ACL SETUSER`; everything unless given. */
  readonly rights?: readonly string[];
}

/**
 * What stands before Redis in Azure: each token of the identity endpoint is a password of the identity until it expires,
 * and then every connection ends that has not signed in with another one since.
 */
export interface RedisFront {
  readonly port: number;
  /** The token that each open connection signed in with last, as its server has answered; those without one left out. */
  borne(): readonly string[];
  /** All that were given out so far, the last one last. */
  tokens(): readonly string[];
  /** How many connections were ended because their token had expired. */
  readonly expiredConnections: number;
  /** Ends every connection. */
  drop(): void;
  /** This token is taken no longer, though it has not expired; who is signed in stays. */
  refuse(token: string): Promise<void>;
  stop(): Promise<void>;
}

interface Connection {
  readonly cut: () => void;
  /** Sent and not answered yet. */
  sent?: string;
  bears?: string;
}

const longestToken = 64;

export async function startRedisFront(options: RedisFrontOptions): Promise<RedisFront> {
  const { socketPath, user, rights = ['allkeys', 'allchannels', '+@all'] } = options;
  const admin = new Redis(socketPath);
  admin.on('error', () => undefined);
  const connections = new Set<Connection>();
  const tokens: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let expiredConnections = 0;
  let settled: Promise<unknown> = admin.call('ACL', 'SETUSER', user, 'reset', 'on', ...rights);
  await settled;
  const change = (rule: string) =>
    (settled = settled.then(async () => admin.call('ACL', 'SETUSER', user, rule)));

  async function expire(token: string): Promise<void> {
    await change(`<${token}`).catch(() => undefined);
    for (const connection of connections) {
      if (connection.bears !== token) continue;
      expiredConnections += 1;
      connection.cut();
    }
  }

  const stopListening = onIssued((token, { audience, expiresAt }) => {
    if (audience !== redisAudience) return;
    tokens.push(token);
    void change(`>${token}`);
    timers.add(setTimeout(() => void expire(token), expiresAt - Date.now()));
  });

  const server = createServer((client) => {
    const upstream = createConnection(socketPath);
    const connection: Connection = {
      cut: () => {
        connections.delete(connection);
        for (const socket of both) socket.destroy();
      },
    };
    const both: readonly Socket[] = [client, upstream];
    connections.add(connection);
    for (const socket of both) {
      socket.on('error', connection.cut);
      socket.on('close', connection.cut);
    }
    let tail = '';
    client.on('data', (chunk) => {
      const text = tail + chunk.toString('latin1');
      tail = text.slice(-longestToken);
      const [last] = tokens
        .map((token) => ({ token, at: text.lastIndexOf(token) }))
        .filter(({ at }) => at >= 0)
        .sort((one, other) => other.at - one.at);
      if (last) connection.sent = last.token;
      // A token may be on its way back before its server has heard of it.
      void settled.then(() => upstream.write(chunk));
    });
    upstream.on('data', (chunk) => {
      if (connection.sent !== undefined) connection.bears = connection.sent;
      client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    borne: () => [...connections].flatMap(({ bears }) => bears ?? []),
    tokens: () => tokens,
    get expiredConnections() {
      return expiredConnections;
    },
    drop: () => {
      for (const connection of connections) connection.cut();
    },
    async refuse(token) {
      await change(`<${token}`);
    },
    async stop() {
      stopListening();
      for (const timer of timers) clearTimeout(timer);
      for (const connection of connections) connection.cut();
      server.close();
      admin.disconnect();
      await once(server, 'close');
    },
  };
}
