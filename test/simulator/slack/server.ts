import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Faults } from './faults.ts';
import type { Json } from './json.ts';
import type { Outcome, RequestRecorder } from './request-log.ts';

/** A request that was read and not yet carried out. */
export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly channel?: string;
  carryOut(): Answer;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Json | string;
  readonly outcome: Outcome;
}

type ReadCall = (path: string, headers: IncomingMessage['headers'], body: string) => Call | undefined;

/** Slack's side of the wire, on loopback; `read` knows the addresses. */
export async function startServer(
  port: number,
  read: ReadCall,
  faults: Faults,
  recorder: RequestRecorder,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Server> {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response, read, faults, recorder).catch((error: unknown) => {
      const body = error instanceof Error ? (error.stack ?? error.message) : String(error);
      send(response, { status: 500, body, outcome: 'status 500' });
    });
  };
  const server: Server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.keepAliveTimeout = 65_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  read: ReadCall,
  faults: Faults,
  recorder: RequestRecorder,
): Promise<void> {
  const body = await text(request);
  const call = read(new URL(request.url ?? '/', 'http://localhost').pathname, request.headers, body);
  if (!call) return send(response, { status: 404, body: 'no such address', outcome: 'status 404' });
  const settle = recorder.record(call.method, call.args);
  const fault = faults.strike(call.method, call.channel);
  if (fault?.latencyMs !== undefined) await delay(fault.latencyMs);
  if (fault?.instead === 'hang') return settle('lost');
  if (fault?.instead === 'reset') {
    response.destroy();
    return settle('lost');
  }
  const answer = fault?.instead ? faulty(fault.instead) : call.carryOut();
  if (fault?.loseAnswer) {
    response.destroy();
    return settle('lost');
  }
  send(response, answer);
  settle(answer.outcome);
}

function faulty(instead: Exclude<NonNullable<Fault['instead']>, string>): Answer {
  if ('error' in instead) {
    return {
      status: 200,
      body: { ok: false, error: instead.error },
      outcome: `refused: ${instead.error}`,
    };
  }
  const { status, body = '', headers = {} } = instead;
  return { status, headers, body, outcome: `status ${status}` };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
