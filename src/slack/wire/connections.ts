import type { Socket } from 'node:net';

export interface Connections {
  add(socket: Socket): void;
  /** A request on it bore Slack's signature. */
  proved(socket: Socket): void;
}

export interface ConnectionsOptions {
  readonly most: number;
  /** Whether a request that bore Slack's signature waits for its answer on it. */
  readonly isAtWork: (socket: Socket) => boolean;
  readonly giveUp: (socket: Socket) => void;
}

/**
 * Keeps connections few without keeping Slack out: where one comes too many, another is given up, namely the one that
 * has waited longest without any request that bore Slack's signature, then the one whose last such is longest ago.
 */
export function limitConnections({ most, isAtWork, giveUp }: ConnectionsOptions): Connections {
  // Each in the order in which it was added, the longest ago first.
  const strangers = new Set<Socket>();
  const known = new Set<Socket>();

  function longestWaiting(): Socket | undefined {
    const [stranger] = strangers;
    if (stranger) return stranger;
    for (const socket of known) if (!isAtWork(socket)) return socket;
    return undefined;
  }

  function forget(socket: Socket): void {
    strangers.delete(socket);
    known.delete(socket);
  }

  return {
    add: (socket) => {
      const one = strangers.size + known.size >= most ? (longestWaiting() ?? socket) : undefined;
      strangers.add(socket);
      socket.once('close', () => forget(socket));
      if (!one) return;
      forget(one);
      giveUp(one);
    },
    proved: (socket) => {
      if (!strangers.has(socket) && !known.has(socket)) return;
      forget(socket);
      known.add(socket);
    },
  };
}
