import type { Readable } from 'node:stream';

export type Body =
  | { readonly is: 'whole'; readonly bytes: Buffer }
  | { readonly is: 'body-too-large' | 'crowded-out' | 'cut-off' | 'in-crumbs' };

export interface BodiesOptions {
  readonly bodyBytes: number;
  /** Of all that are on their way, at any moment. */
  readonly allBodiesBytes: number;
}

interface Coming {
  heldBytes: number;
  settle(body: Body): void;
}

/** Each piece costs a turn of the process, however small: so many may come, and then none that are smaller on average. */
const piecesFree = 1000;
const pieceBytes = 64;

/** Pieces below this are copied together: a Buffer of one byte takes a hundred times that. */
const smallBytes = 4096;

/**
 * Reads bodies that nobody has verified yet. Where they need more memory than all of them may have, the one that has
 * taken longest is given up: Slack's come in one go.
 */
export function bodyReader({ bodyBytes, allBodiesBytes }: BodiesOptions) {
  const coming = new Set<Coming>();
  let heldBytes = 0;

  function hold(body: Coming, bytes: number): void {
    body.heldBytes += bytes;
    heldBytes += bytes;
    for (const longest of coming) {
      if (heldBytes <= allBodiesBytes) return;
      longest.settle({ is: 'crowded-out' });
    }
  }

  return async (request: Readable): Promise<Body> =>
    new Promise((resolve) => {
      let pieces = gather();
      let size = 0;
      let count = 0;
      const body: Coming = {
        heldBytes: 0,
        settle: (outcome) => {
          if (!coming.delete(body)) return;
          heldBytes -= body.heldBytes;
          pieces = gather();
          resolve(outcome);
        },
      };
      coming.add(body);
      request.on('data', (chunk: Buffer) => {
        if (!coming.has(body)) return;
        size += chunk.length;
        count += 1;
        if (size > bodyBytes) body.settle({ is: 'body-too-large' });
        else if (count > piecesFree && size < count * pieceBytes) body.settle({ is: 'in-crumbs' });
        else hold(body, pieces.add(chunk));
      });
      request.on('end', () => {
        if (coming.has(body)) body.settle({ is: 'whole', bytes: pieces.whole() });
      });
      request.on('close', () => body.settle({ is: 'cut-off' }));
      request.on('error', () => body.settle({ is: 'cut-off' }));
    });
}

function gather() {
  const pieces: Buffer[] = [];
  let block = Buffer.alloc(0);
  let filled = 0;

  function closeBlock(): void {
    if (filled > 0) pieces.push(block.subarray(0, filled));
    block = Buffer.alloc(0);
    filled = 0;
  }

  return {
    add: (chunk: Buffer): number => {
      if (chunk.length >= smallBytes) {
        closeBlock();
        pieces.push(chunk);
        return chunk.length;
      }
      const needsBlock = filled + chunk.length > block.length;
      if (needsBlock) {
        closeBlock();
        block = Buffer.allocUnsafeSlow(smallBytes);
      }
      filled += chunk.copy(block, filled);
      return needsBlock ? smallBytes : 0;
    },
    whole: (): Buffer => {
      closeBlock();
      return Buffer.concat(pieces);
    },
  };
}
