import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** A client that sends what it likes, byte for byte. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that came back so far. */
  readonly heard: () => string;
  readonly isOpen: () => boolean;
  /** What came back, once the other side has hung up. */
  readonly closed: Promise<string>;
}

export async function rawConnection(port: number, bytes = ''): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let isOpen = true;
  socket.on('data', (chunk) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      isOpen = false;
      resolve(text);
    });
  });
  await once(socket, 'connect');
  if (bytes !== '') socket.write(bytes);
  return { socket, heard: () => text, isOpen: () => isOpen, closed };
}

export interface HeadOptions {
  readonly line?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function httpHead({ line = 'POST /slack/events HTTP/1.1', headers = {} }: HeadOptions = {}): string {
  const lines = Object.entries({ host: 'bot', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[line, ...lines].join('\r\n')}\r\n\r\n`;
}

/** A head like Slack's, by somebody who does not know the signing secret. */
export function forgedHeaders(bodyBytes: number, now: number): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(bodyBytes),
    'x-slack-request-timestamp': String(Math.floor(now / 1000)),
    'x-slack-signature': `v0=${'0'.repeat(64)}`,
  };
}
