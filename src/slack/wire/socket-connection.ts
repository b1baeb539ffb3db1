import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { WayOut } from '../../net/way-out.ts';
import type { Log } from '../../ports/log.ts';
import type { Envelope } from './socket-frame.ts';
import { readFrame } from './socket-frame.ts';

export interface SocketConnection {
  /** Slack wants a successor, or the connection has ended; with the reason. */
  readonly leaving: Promise<string>;
  readonly ended: Promise<void>;
  /** Closes it once all that came over it is acknowledged, at the deadline in any case. */
  close(deadlineMs: number): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly out: WayOut;
  readonly helloWithinMs: number;
  /** Slack pings us too; a connection is dead after three of our pings without a sign of life. */
  readonly pingEveryMs: number;
  /** Settles when the envelope was acknowledged, or never will be. */
  readonly onEnvelope: (envelope: Envelope, acknowledge: (payload: unknown) => void) => Promise<void>;
  readonly log: Log;
}

const missesAllowed = 3;
const closeHandshakeMs = 1000;
/** Within it an answer to a closing Slack is worth waiting for, and `/readyz` turns red in time all the same. */
const lastAnswersMs = 1500;
/** Slack's payloads are tens of kilobytes; a view can reach 250 kB. */
const frameLimitBytes = 1024 * 1024;

/** Resolves with Slack's hello; rejects with an `Error` when none comes in time. */
export async function connectSocket(options: ConnectionOptions): Promise<SocketConnection> {
  const { url, out, helloWithinMs, pingEveryMs, onEnvelope, log } = options;
  const socket = new WebSocket(url, {
    maxPayload: frameLimitBytes,
    followRedirects: false,
    ...(url.startsWith('wss:') && { agent: out.agent }),
  });
  const unacknowledged = new Set<Promise<void>>();

  // Without a listener an `error` would be thrown; each is followed by `close`.
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let leave: (reason: string) => void = () => undefined;
  const leaving = new Promise<string>((resolve) => {
    leave = resolve;
  });
  void ended.finally(() => leave(failure?.message ?? 'closed'));
  endWhenSilent(socket, pingEveryMs);

  const greeted = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer, isBinary) => {
      const frame = isBinary ? ({ is: 'unreadable' } as const) : readFrame(data.toString('utf8'));
      switch (frame.is) {
        case 'hello':
          return resolve();
        case 'disconnect':
          return leave(frame.reason);
        case 'envelope':
          return take(frame.envelope);
        case 'unreadable':
          return log.warn({ bytes: data.length }, 'ignored a frame of Slack');
      }
    });
  });

  function take(envelope: Envelope): void {
    // What cannot be acknowledged is not begun: Slack shows the person an error, and that has to be true.
    if (socket.readyState !== WebSocket.OPEN) return log.warn({}, 'ignored an envelope on a closing socket');
    const work = onEnvelope(envelope, (payload) => {
      if (socket.readyState !== WebSocket.OPEN) {
        return log.warn({}, 'could not acknowledge an envelope: its socket is closed');
      }
      socket.send(answerTo(envelope, payload), () => undefined);
    });
    unacknowledged.add(work);
    void work.finally(() => unacknowledged.delete(work));
  }

  async function answered(deadlineMs: number): Promise<void> {
    const all = async () => {
      while (unacknowledged.size > 0) await Promise.allSettled(unacknowledged);
    };
    await Promise.race([all(), ended, pause(deadlineMs, undefined, { ref: false })]);
  }

  // `ws` answers Slack's close frame by calling `close`, after which nothing can be sent. What Slack handed over before
  // it is acknowledged first: https://datatracker.ietf.org/doc/html/rfc6455#section-5.5.1
  const closeAtOnce = socket.close.bind(socket);
  socket.close = (...why) => {
    leave('closed');
    void answered(lastAnswersMs).then(() => closeAtOnce(...why));
  };

  const refused = leaving.then((reason) => {
    throw new Error(`no connection over the socket: ${reason}`);
  });
  const late = setTimeout(() => leave('no hello in time'), helloWithinMs);
  try {
    await Promise.race([greeted, refused]);
  } catch (error) {
    socket.terminate();
    throw error;
  } finally {
    clearTimeout(late);
  }
  return {
    leaving,
    ended,
    close: async (deadlineMs) => {
      await answered(deadlineMs);
      closeAtOnce(1000);
      const late = setTimeout(() => socket.terminate(), closeHandshakeMs);
      await ended;
      clearTimeout(late);
    },
  };
}

function endWhenSilent(socket: WebSocket, pingEveryMs: number): void {
  let misses = 0;
  const heard = () => {
    misses = 0;
  };
  socket.on('pong', heard).on('ping', heard).on('message', heard);
  const heartbeat = setInterval(() => {
    misses += 1;
    if (misses > missesAllowed) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingEveryMs);
  socket.once('close', () => clearInterval(heartbeat));
}

function answerTo(envelope: Envelope, payload: unknown): string {
  const isEmpty = payload === undefined || payload === '';
  const said = typeof payload === 'string' ? { text: payload } : payload;
  return JSON.stringify({ envelope_id: envelope.id, ...(!isEmpty && { payload: said }) });
}
