import type { WebSocket } from 'ws';
import type { Answered } from './carrier.ts';
import { acknowledgeWithinMs } from './carrier.ts';
import { field, isObject, textField } from './json.ts';

/** One connection of the app in Socket Mode. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Socket {
  readonly isOpen: boolean;
  /** Sends a frame with an `envelope_id`, and waits for its acknowledgement over this very connection. */
  deliver(envelope: { readonly envelope_id: string }): Promise<Answered>;
  send(frame: object | string): void;
  /** From now on nothing is answered and nothing sent, as behind a firewall that forgot the connection. */
  silence(): void;
  /** Without a word. */
  cut(): void;
  close(): void;
}

type Settle = (payload: unknown) => void;

export function createSocket(ws: WebSocket): Socket {
  const waiting = new Map<string, Settle[]>();
  let isSilent = false;

  ws.on('error', () => ws.terminate());
  // The server leaves this to us, so that a silent connection is silent.
  ws.on('ping', (data) => {
    if (!isSilent) ws.pong(data);
  });
  ws.on('message', (data: Buffer) => {
    const ack: unknown = JSON.parse(data.toString('utf8'));
    const settle = waiting.get(textField(ack, 'envelope_id') ?? '')?.shift();
    if (!isSilent) settle?.(field(ack, 'payload'));
  });

  return {
    get isOpen() {
      return ws.readyState === ws.OPEN;
    },
    deliver: (envelope) =>
      new Promise((answered) => {
        const startedAt = performance.now();
        const timer = setTimeout(() => answered('operation_timeout'), acknowledgeWithinMs);
        const settle = (payload: unknown) => {
          clearTimeout(timer);
          answered({ status: 200, body: bodyOf(payload), ms: performance.now() - startedAt });
        };
        const others = waiting.get(envelope.envelope_id) ?? [];
        waiting.set(envelope.envelope_id, [...others, settle]);
        if (!isSilent) ws.send(JSON.stringify(envelope));
      }),
    send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    silence: () => {
      isSilent = true;
    },
    cut: () => ws.terminate(),
    close: () => ws.close(1000),
  };
}

/** As the body of an answer over HTTP: an acknowledgement without content has none. */
function bodyOf(payload: unknown): string {
  return isObject(payload) && Object.keys(payload).length > 0 ? JSON.stringify(payload) : '';
}
