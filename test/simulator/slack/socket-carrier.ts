import { randomUUID } from 'node:crypto';
import type { Carrier } from './carrier.ts';
import type { Socket } from './socket.ts';

/** Envelopes over the open sockets of the app, each over any of them. */
export function socketCarrier(open: () => readonly Socket[]): Carrier {
  return {
    pack: (envelope, { retryNum, loseAnswer = false }) => {
      const framed = {
        envelope_id: randomUUID(),
        type: envelope.type,
        payload: envelope.payload,
        accepts_response_payload: envelope.type !== 'events_api',
        ...(envelope.type === 'events_api' && {
          retry_attempt: retryNum ?? 0,
          retry_reason: retryNum === undefined ? '' : 'timeout',
        }),
      };
      return async () => {
        const sockets = open();
        const chosen = sockets[Math.floor(Math.random() * sockets.length)];
        const answered = (await chosen?.deliver(framed)) ?? 'connection_failed';
        return loseAnswer ? 'operation_timeout' : answered;
      };
    },
  };
}
