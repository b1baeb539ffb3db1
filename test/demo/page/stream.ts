import type { ServerResponse } from 'node:http';
import type { Patch } from './shown.ts';

const together = { withinMs: 15, everyMs: 250 };

/** Sends what changed for as long as the window listens: soon after word of a change, and now and then unasked. */
export function streamTo(
  response: ServerResponse,
  look: () => Patch | undefined,
  subscribe: (listener: () => void) => () => void,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let soon: NodeJS.Timeout | undefined;
  const send = () => {
    clearTimeout(soon);
    soon = undefined;
    const patch = look();
    if (patch) response.write(`data: ${JSON.stringify(patch)}\n\n`);
  };
  const unsubscribe = subscribe(() => {
    soon ??= setTimeout(send, together.withinMs);
  });
  const regularly = setInterval(send, together.everyMs);
  response.once('close', () => {
    unsubscribe();
    clearTimeout(soon);
    clearInterval(regularly);
  });
  send();
}
