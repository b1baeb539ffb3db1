import { StoreUnreachable } from '../ports/store-unreachable.ts';

/** Slack waits 3 s for an acknowledgement; a decision not stored by then must be an error that the person sees. */
const storeWithinMs = 2000;

export async function inTime<T>(run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnreachable('not stored in time')), storeWithinMs);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
