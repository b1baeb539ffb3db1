import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Changes } from './changes.ts';
import type { Socket } from './socket.ts';
import { createSocket } from './socket.ts';

/** What tests do to the connections of the app. */
export interface Sockets {
  /** Those that were greeted and are open. */
  readonly open: readonly Socket[];
  /** How many were ever greeted. */
  readonly greeted: number;
  /** Tells all connections that they will be closed, and closes them ten seconds later, or `once` that is so. */
  disconnect(options: {
    readonly reason: 'refresh_requested' | 'warning' | 'link_disabled';
    readonly once?: Promise<unknown>;
  }): Promise<void>;
  /** What becomes of connections that are asked for from now on. */
  turnAway(how: 'refuse' | 'never-greet'): { end(): void };
}

export interface SocketServer extends Sockets {
  /** What `apps.connections.open` answers with: good for one connection. */
  issueUrl(): string;
  /** Takes connections at this server, which is reached at `address`. */
  attach(server: Server, address: string): void;
  close(): void;
}

/** https://github.com/slackapi/node-slack-sdk/issues/1654 */
const connectionsAtMost = 10;
/** From the warning on. https://docs.slack.dev/apis/events-api/using-socket-mode */
const closedAfterMs = 10_000;
const path = '/socket';

export function createSockets(changes: Changes, appId: string): SocketServer {
  const server = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Set<string>();
  const sockets = new Set<Socket>();
  const obstacles = new Set<'refuse' | 'never-greet'>();
  let base = '';
  let greeted = 0;

  function greet(ws: WebSocket): void {
    const socket = createSocket(ws);
    sockets.add(socket);
    ws.on('close', () => {
      sockets.delete(socket);
      changes.note();
    });
    if (sockets.size > connectionsAtMost) {
      socket.send({ type: 'disconnect', reason: 'too_many_websockets' });
      return socket.close();
    }
    greeted += 1;
    socket.send({
      type: 'hello',
      num_connections: sockets.size,
      connection_info: { app_id: appId },
      debug_info: { host: 'simulated', approximate_connection_time: 18_060 },
    });
    changes.note();
  }

  return {
    get open() {
      return [...sockets].filter((socket) => socket.isOpen);
    },
    get greeted() {
      return greeted;
    },
    disconnect: async ({ reason, once }) => {
      const leaving = [...sockets];
      for (const socket of leaving) socket.send({ type: 'disconnect', reason, debug_info: {} });
      await (once ?? delay(closedAfterMs));
      for (const socket of leaving) socket.close();
    },
    turnAway: (how) => {
      obstacles.add(how);
      return { end: () => void obstacles.delete(how) };
    },
    issueUrl: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${base}${path}?ticket=${ticket}`;
    },
    attach: (http, address) => {
      base = address;
      http.on('upgrade', (request, stream, head) => {
        const url = new URL(request.url ?? '/', base);
        const isKnown = url.pathname === path && tickets.delete(url.searchParams.get('ticket') ?? '');
        if (!isKnown || obstacles.has('refuse')) {
          stream.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
          return;
        }
        server.handleUpgrade(request, stream, head, (ws) => {
          if (!obstacles.has('never-greet')) greet(ws);
        });
      });
    },
    close: () => {
      for (const ws of server.clients) ws.terminate();
    },
  };
}
