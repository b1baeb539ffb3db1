import { AzureError } from './azure-error.ts';
import { releaseBytes } from './in-flight.ts';

/** After `ms` the signal aborts and this rejects with `timed-out`, whatever `work` waits for. */
export async function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new AzureError({ kind: 'timed-out' }));
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
    releaseBytes(controller.signal);
  }
}
