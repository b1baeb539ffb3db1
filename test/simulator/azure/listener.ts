import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer, Reply } from './reply.ts';

export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** Settles when the answer is out or the client has gone. */
  readonly done: Promise<void>;
}

/** Reads requests and writes replies; a reply may take its time. */
export function listener(answer: (request: Incoming) => Promise<Reply>): RequestListener {
  return (message, response) => {
    void converse(message, response, answer).catch((error: unknown) => {
      // A client that hangs up is part of the game; anything else is a mistake in the simulator.
      if (message.destroyed) return;
      response.writeHead(500).end(`simulator: ${String(error)}`);
    });
  };
}

async function converse(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: Incoming) => Promise<Reply>,
): Promise<void> {
  const done = new Promise<void>((resolve) => response.once('close', resolve));
  const [path = '/', search = ''] = (message.url ?? '/').split('?', 2);
  const text = (await buffer(message)).toString();
  const { headers, method = 'GET' } = message;
  const reply = await answer({ method, path, query: new URLSearchParams(search), headers, text, done });
  if (reply === 'hang') return;
  if (reply === 'reset') {
    message.socket.destroy();
    return;
  }
  const body = bodyOf(reply);
  response.writeHead(reply.status, {
    ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  if (reply.tornAfterBytes === undefined) {
    response.end(body);
  } else {
    response.write(body?.slice(0, reply.tornAfterBytes), () => message.socket.destroy());
  }
}

function bodyOf({ body }: Answer): string | Buffer | undefined {
  const isReady = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  return isReady ? body : JSON.stringify(body);
}

/** Listens on a port of the system's choice and returns it. */
export async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('A server on a port has an address');
  return address.port;
}

export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
