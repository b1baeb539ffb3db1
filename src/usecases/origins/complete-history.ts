import type { PastSession } from '../../domain/history/past-session.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { Wanted } from '../../domain/origins/wanted.ts';
import { mayBeTold } from '../../domain/origins/wanted.ts';
import { isSameOrigin } from '../../domain/sessions/origin.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { refineRequest } from './pass-on-origins.ts';

/** The rows of a session may come after its end. */
const rowsComeWithinMs = 30 * 60_000;
const endedAtMost = 1000;

/** The sessions that have just ended, as far as the log may have more to tell of them; the same `ref` may be here twice. */
export async function justEnded({ clock, history }: Pick<Ports, 'clock' | 'history'>) {
  const now = clock();
  const past = await history.closedSince(now - rowsComeWithinMs, endedAtMost);
  return past.filter(({ session }) => mayBeTold(session, now));
}

export function wantedOf({ ref, session, seenAt, closedAt, how }: PastSession): Wanted {
  return { ref, session, seenAt, ...(how.is !== 'lost' && { goneAt: closedAt }) };
}

/** Keeps with ended sessions who was behind them, and tells the request that ended one: its owner may be known only now. */
export async function completeHistory(
  ports: Pick<Ports, 'clock' | 'history' | 'jobs' | 'requests'>,
  ended: readonly PastSession[],
  origins: Origins,
): Promise<void> {
  for (const past of ended) {
    const origin = origins.get(past.ref);
    if (!origins.has(past.ref) || isSameOrigin(past.session.origin, origin)) continue;
    if (past.how.is === 'by-bot') {
      const request = await ports.requests.get(past.how.requestId).catch(asUnreadable);
      if (request && !(request instanceof UnreadableRecord)) await refineRequest(ports, request, origins);
    }
    await ports.history.refine({ ...past, session: withOrigin(past.session, origin) });
  }
}
