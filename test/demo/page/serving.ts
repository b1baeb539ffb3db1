import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Bundle } from './bundle.ts';
import type { Deed } from './deed.ts';
import { deed } from './deed.ts';
import { refusal, safetyHeaders } from './gate.ts';
import type { Patch } from './shown.ts';
import { streamTo } from './stream.ts';

export interface Serving {
  readonly files: Bundle;
  /** How to look again and again as this person, or as anybody; undefined: there is nobody of this id. */
  readonly lookAs: (personId: string | null) => (() => Patch | undefined) | undefined;
  readonly subscribe: (listener: () => void) => () => void;
  readonly carryOut: (deed: Deed) => Promise<unknown>;
}

const longestDeed = 64 * 1024;

/** The page's side of the wire, on loopback: its files, what is seen, and what is done. */
export async function serve(port: number, serving: Serving) {
  const server = createServer((request, response) => {
    answer(request, response, serving).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { files, lookAs, subscribe, carryOut }: Serving,
): Promise<void> {
  for (const [name, value] of Object.entries(safetyHeaders)) response.setHeader(name, value);
  const refused = refusal(request);
  if (refused !== undefined) return send(response, 403, refused);
  const { pathname, searchParams } = new URL(`http://localhost${request.url ?? '/'}`);
  switch (`${request.method ?? ''} ${pathname}`) {
    case 'GET /':
      return send(response, 200, html, 'text/html');
    case 'GET /page.js':
      return send(response, 200, files['/page.js'], 'text/javascript');
    case 'GET /page.css':
      return send(response, 200, files['/page.css'], 'text/css');
    case 'GET /events': {
      const look = lookAs(searchParams.get('as'));
      return look ? streamTo(response, look, subscribe) : send(response, 404, 'there is nobody of this id');
    }
    case 'POST /deed': {
      const wanted = deed.safeParse(await jsonOf(request));
      if (!wanted.success) return send(response, 400, 'this is no deed');
      try {
        await carryOut(wanted.data);
      } catch (error) {
        return send(response, 409, error instanceof Error ? error.message : String(error));
      }
      return send(response, 200, 'done');
    }
    default:
      return send(response, 404, 'there is no such page');
  }
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

/** Undefined where there is none, or too much of it. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? Infinity) > longestDeed) return undefined;
  try {
    return JSON.parse(await text(request));
  } catch {
    return undefined;
  }
}

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Bastion Bot: the simulated workspace</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body></body>
</html>
`;
