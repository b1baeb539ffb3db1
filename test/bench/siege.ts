import { forgedHeaders, httpHead, rawConnection } from '../support/raw-connection.ts';

export interface Siege {
  /** So many connections were hung up on, and opened anew. */
  readonly lost: () => number;
  end(): void;
}

const almostWholeBytes = 900_000;
/** A flood would be another measurement. */
const againAfterMs = 10_000;

/**
 * Holds so many connections that never finish: a third says nothing, a third is in its head, and a third bears a
 * forged signature and has sent nearly all of a large body. One that is hung up on comes again after a while, where `again` says so.
 */
export function besiege(
  port: number,
  { connections, again }: { readonly connections: number; readonly again: boolean },
): Siege {
  const over = new AbortController();
  let lost = 0;
  const open = new Set<{ destroy(): void }>();
  const almostWhole = 'x'.repeat(almostWholeBytes);
  const kinds = [
    () => '',
    () => 'POST /slack/events HTTP/1.1\r\nhost: bot\r\nx-slack-signature: v0=',
    () => httpHead({ headers: forgedHeaders(almostWholeBytes + 1, Date.now()) }) + almostWhole,
  ];

  async function hold(kind: () => string): Promise<void> {
    while (!over.signal.aborted) {
      const connection = await rawConnection(port, kind()).catch(() => undefined);
      if (connection) {
        open.add(connection.socket);
        await connection.closed;
        open.delete(connection.socket);
      }
      lost += 1;
      if (!again) return;
      await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
  }

  for (let each = 0; each < connections; each++) void hold(kinds[each % kinds.length] ?? (() => ''));
  return {
    lost: () => lost,
    end: () => {
      over.abort();
      for (const socket of open) socket.destroy();
    },
  };
}
