import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { answer } from './answer.ts';
import { bodyReader } from './bodies.ts';
import { checksCertificate } from './certificate-check.ts';
import { limitConnections } from './connections.ts';
import { refusalByHead } from './request-head.ts';
import type { Refusal } from './refusals.ts';
import { refusalStatus } from './refusals.ts';

export interface PortLimits {
  readonly connections: number;
  /** So many while those beyond came within `burstMs`. */
  readonly burstConnections: number;
  readonly burstMs: number;
  readonly bodyBytes: number;
  readonly allBodiesBytes: number;
  /** For a whole request; its head alone has no longer. */
  readonly requestMs: number;
  readonly checkEveryMs: number;
}

export const portLimits: PortLimits = {
  connections: 100,
  burstConnections: 400,
  burstMs: 300,
  // Slack's payloads are tens of kilobytes; a view can reach 250 kB, and a form's escapes three times that.
  bodyBytes: 1024 * 1024,
  allBodiesBytes: 4 * 1024 * 1024,
  requestMs: 5000,
  checkEveryMs: 1000,
};

/** A request that came whole, in time, with a head like Slack's. */
export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly receivedAt: number;
  readonly response: ServerResponse;
}

export interface GuardedServerOptions {
  readonly limits: PortLimits;
  readonly clock: () => number;
  readonly onRefused: (because: Refusal) => void;
  readonly isSigned: (arrived: Arrived) => boolean;
  /** Answers a request of Slack's, or says why not; the connection is kept. */
  readonly serve: (arrived: Arrived) => Promise<void>;
}

/** What cannot be Slack's is refused by its head, its body unread; what could be has little time and memory. */
export function guardedServer({ limits, clock, onRefused, isSigned, serve }: GuardedServerOptions): Server {
  const { bodyBytes, requestMs } = limits;
  const readBody = bodyReader(limits);
  /** The last request of each connection, and whether it bore Slack's signature. */
  const last = new WeakMap<Socket, { readonly response: ServerResponse; signed: boolean }>();
  const isAtWork = (socket: Socket): boolean => {
    const request = last.get(socket);
    return request?.signed === true && !request.response.writableEnded;
  };
  const connections = limitConnections({
    most: limits.connections,
    burst: { most: limits.burstConnections, withinMs: limits.burstMs },
    clock: () => performance.now(),
    isAtWork,
    giveUp: (socket) => refuse(socket, 'crowded-out'),
  });
  const server = createServer(
    {
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    },
    (request, response) => void take(request, response),
  );
  // A stranger is not asked for the body either.
  server.on(
    'checkContinue',
    (request: IncomingMessage, response: ServerResponse) => void take(request, response),
  );
  server.on('checkExpectation', ({ socket }: IncomingMessage, response: ServerResponse) => {
    last.set(socket, { response, signed: false });
    refuse(socket, 'wrong-expectation');
  });
  server.on('connection', (socket) => connections.add(socket));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const because = refusalOf(error);
    // A port scan or probe leaves like that too.
    if (because && socket instanceof Socket) refuse(socket, because);
    else socket.destroy();
  });

  function refuse(socket: Socket, because: Refusal): void {
    onRefused(because);
    const response = last.get(socket)?.response;
    if (response && !response.writableEnded) {
      // What Slack waits for is answered by nobody else.
      if (!isAtWork(socket)) answer(response.setHeader('connection', 'close'), refusalStatus[because]);
    } else if (socket.writable) {
      socket.write(
        `HTTP/1.1 ${refusalStatus[because]} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
    }
    // What has come already is not parsed any more.
    if (socket.writableLength === 0) socket.destroy();
    else socket.destroySoon();
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, headers } = request;
    response.on('error', () => undefined);
    if (socket.destroyed || socket.writableEnded) return;
    if (last.get(socket)?.response.writableEnded === false) return refuse(socket, 'not-in-turn');
    const state = { response, signed: false };
    last.set(socket, state);
    const receivedAt = clock();
    const because = refusalByHead(request, { now: receivedAt, bodyBytes });
    if (because) {
      const isCheck = because === 'unsigned' && (await checksCertificate(request));
      if (response.writableEnded) return;
      if (!isCheck) return refuse(socket, because);
      return answer(response.setHeader('connection', 'close'), 200);
    }
    if (headers.expect !== undefined) response.writeContinue();
    const body = await readBody(request);
    if (response.writableEnded) return;
    if (body.is !== 'whole') return refuse(socket, body.is);
    const arrived = { headers, raw: body.bytes.toString('utf8'), receivedAt, response };
    if (!isSigned(arrived)) return refuse(socket, 'bad-signature');
    state.signed = true;
    connections.proved(socket);
    await serve(arrived);
  }

  return server;
}

function refusalOf({ code = '' }: NodeJS.ErrnoException): Refusal | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow';
  if (code === 'HPE_HEADER_OVERFLOW') return 'head-too-large';
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE' ? 'malformed' : undefined;
}
