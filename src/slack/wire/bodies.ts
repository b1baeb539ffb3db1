import type { Readable } from 'node:stream';

export type Body =
  | { readonly is: 'whole'; readonly bytes: Buffer }
  | { readonly is: 'body-too-large' | 'crowded-out' | 'cut-off' };

export interface BodiesOptions {
  /** Of one body. */
  readonly bodyBytes: number;
  /** Of all that are on their way, at any moment. */
  readonly allBodiesBytes: number;
}

interface Growing {
  held: Buffer;
  settle(body: Body): void;
}

const firstBytes = 4096;

/**
 * Reads bodies that nobody has verified yet. Where they need more memory than all of them may have, the one that has
 * taken longest is given up: Slack's come in one go. Pieces are copied together as they come, for a thousand of one
 * byte would take a hundred times their size.
 */
export function bodyReader({ bodyBytes, allBodiesBytes }: BodiesOptions) {
  const growing = new Set<Growing>();
  let heldBytes = 0;

  function grow(body: Growing, needed: number): void {
    const wanted = Math.min(bodyBytes, Math.max(needed, 2 * body.held.length, firstBytes));
    while (heldBytes + wanted - body.held.length > allBodiesBytes) {
      const [oldest = body] = growing;
      oldest.settle({ is: 'crowded-out' });
      if (oldest === body) return;
    }
    heldBytes += wanted - body.held.length;
    const larger = Buffer.allocUnsafeSlow(wanted);
    body.held.copy(larger);
    body.held = larger;
  }

  return async (request: Readable): Promise<Body> =>
    new Promise((resolve) => {
      let size = 0;
      const body: Growing = {
        held: Buffer.alloc(0),
        settle: (outcome) => {
          if (!growing.delete(body)) return;
          heldBytes -= body.held.length;
          body.held = Buffer.alloc(0);
          resolve(outcome);
        },
      };
      growing.add(body);
      request.on('data', (chunk: Buffer) => {
        if (!growing.has(body)) return;
        const needed = size + chunk.length;
        if (needed > bodyBytes) return body.settle({ is: 'body-too-large' });
        if (needed > body.held.length) grow(body, needed);
        if (!growing.has(body)) return;
        chunk.copy(body.held, size);
        size = needed;
      });
      request.on('end', () => body.settle({ is: 'whole', bytes: body.held.subarray(0, size) }));
      request.on('close', () => body.settle({ is: 'cut-off' }));
      request.on('error', () => body.settle({ is: 'cut-off' }));
    });
}
