import { isBlankLogin } from '../sessions/login.ts';
import type { Session } from '../sessions/session.ts';

/** For a minute after an ending its host is looked at for the same login: the client of a tunnel reconnects by itself. */
export interface Lookout {
  readonly nextLookAt: number;
  readonly until: number;
}

export interface CameBack {
  readonly ref: string;
  readonly session: Session;
}

/** Few: each may cost a reading of the host. */
const looksAfterMs = [5000, 15_000, 30_000, 60_000];
const lookoutMs = Math.max(...looksAfterMs);

/** None for a blank login: whose session a later one is could not be said. */
export function lookoutAfter(goneAt: number, { vmLogin }: Session): Lookout | undefined {
  return isBlankLogin(vmLogin) ? undefined : lookoutFrom(goneAt, goneAt);
}

export function afterLook({ until }: Lookout, now: number): Lookout | undefined {
  return lookoutFrom(until - lookoutMs, now);
}

function lookoutFrom(goneAt: number, now: number): Lookout | undefined {
  const nextLookAt = looksAfterMs.map((afterMs) => goneAt + afterMs).find((at) => at > now);
  return nextLookAt === undefined ? undefined : { nextLookAt, until: goneAt + lookoutMs };
}
