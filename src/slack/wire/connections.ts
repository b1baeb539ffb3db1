import type { Socket } from 'node:net';

export interface Connections {
  add(socket: Socket): void;
  proved(socket: Socket): void;
}

export interface ConnectionsOptions {
  readonly most: number;
  /** There may be so many where those beyond `most` came within this time: Slack's own come in bursts. */
  readonly burst: { readonly most: number; readonly withinMs: number };
  /** In milliseconds, never set back. */
  readonly clock: () => number;
  /** Whether a request that bore Slack's signature waits for its answer on it. */
  readonly isAtWork: (socket: Socket) => boolean;
  readonly giveUp: (socket: Socket) => void;
}

/**
 * Keeps connections few without keeping Slack out: where one comes too many, another is given up, namely the one that
 * has waited longest without any request that bore Slack's signature, then the one whose last such is longest ago.
 */
export function limitConnections({ most, burst, clock, isAtWork, giveUp }: ConnectionsOptions): Connections {
  // Each in the order in which it was added, the longest ago first.
  const strangers = new Map<Socket, number>();
  const known = new Set<Socket>();
  const count = () => strangers.size + known.size;

  /** Undefined while there is room, or while nobody has had the time to prove who they are. */
  function tooMany(newcomer: Socket): Socket | undefined {
    if (count() <= most) return undefined;
    const [stranger] = strangers;
    const [longest, since] = stranger && stranger[0] !== newcomer ? stranger : [];
    if (since !== undefined && clock() - since >= burst.withinMs) return longest;
    if (count() <= burst.most) return undefined;
    if (longest) return longest;
    for (const socket of known) if (!isAtWork(socket)) return socket;
    return newcomer;
  }

  function forget(socket: Socket): void {
    strangers.delete(socket);
    known.delete(socket);
  }

  return {
    add: (socket) => {
      strangers.set(socket, clock());
      socket.once('close', () => forget(socket));
      for (let one = tooMany(socket); one; one = tooMany(socket)) {
        forget(one);
        giveUp(one);
      }
    },
    proved: (socket) => {
      if (!strangers.has(socket) && !known.has(socket)) return;
      forget(socket);
      known.add(socket);
    },
  };
}
