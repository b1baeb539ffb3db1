import type { ServerResponse } from 'node:http';

/** Once per request: later answers are ignored. */
export function answer(response: ServerResponse, status: number, body?: unknown): void {
  if (response.headersSent) return;
  if (body === undefined || body === '') response.writeHead(status).end();
  else if (typeof body === 'string') response.writeHead(status).end(body);
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
