import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { field, isObject } from './json.ts';

/** A bot that hears everything, and does what the test tells it to. */
export interface ListeningBot {
  readonly url: string;
  /** Commands, and payloads of what was pressed and submitted, as they came. */
  readonly heard: readonly unknown[];
  /** Headers beside each, in the same order. */
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
  /** A field of the last of them. */
  latest(name: string): string;
  /** What it acknowledges with: by default nothing, with 200. `silence` is no answer at all. */
  answer: { readonly status?: number; readonly body?: object } | 'silence';
  stop(): Promise<void>;
}

export async function listeningBot(): Promise<ListeningBot> {
  const heard: unknown[] = [];
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        heard.push(read(body));
        headers.push(request.headers);
        if (bot.answer === 'silence') return undefined;
        const { status = 200, body: answer } = bot.answer;
        response.writeHead(status, { 'content-type': 'application/json' });
        return response.end(answer === undefined ? '' : JSON.stringify(answer));
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = isObject(address) ? String(address['port']) : '';
  const bot: ListeningBot = {
    url: `http://127.0.0.1:${port}`,
    heard,
    headers,
    answer: {},
    latest: (name) => String(field(heard.at(-1), name)),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return bot;
}

function read(body: string): unknown {
  const form = Object.fromEntries(new URLSearchParams(body));
  const { payload } = form;
  return payload === undefined ? form : (JSON.parse(payload) as unknown);
}
