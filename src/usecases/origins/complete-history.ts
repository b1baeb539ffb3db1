import type { PastSession } from '../../domain/history/past-session.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import type { Wanted } from '../../domain/origins/wanted.ts';
import { mayBeTold } from '../../domain/origins/wanted.ts';
import { isNews } from '../../domain/sessions/origin.ts';
import { withOrigin } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { refineRequest } from './pass-on-origins.ts';

/** The rows of a session may come after its end. */
const rowsComeWithinMs = 30 * 60_000;
const endedAtMost = 1000;

/** The sessions that have just ended; the same `ref` may be here twice. */
export async function justEnded({ clock, history }: Pick<Ports, 'clock' | 'history'>) {
  return history.closedSince(clock() - rowsComeWithinMs, endedAtMost);
}

/** Those of them of which the log may have more to tell. One that was found again is asked for as what it is now. */
export function wantedPast(
  past: readonly PastSession[],
  open: readonly string[],
  now: number,
): readonly Wanted[] {
  const isOpen = new Set(open);
  return past
    .filter(({ ref, session }) => !isOpen.has(ref) && mayBeTold(session, now))
    .map(({ ref, session, seenAt, closedAt, how }) => ({
      ref,
      session,
      seenAt,
      ...(how.is !== 'lost' && { goneAt: closedAt }),
    }));
}

/** Keeps with ended sessions who was behind them, and tells the request that ended one: its owner may be known only now. */
export async function completeHistory(
  ports: Pick<Ports, 'clock' | 'history' | 'jobs' | 'requests'>,
  ended: readonly PastSession[],
  origins: Origins,
): Promise<void> {
  const news = ended.filter(({ ref, session }) => origins.has(ref) && isNews(session, origins.get(ref)));
  for (const { how } of news) {
    if (how.is !== 'by-bot') continue;
    const request = await ports.requests.get(how.requestId).catch(asUnreadable);
    if (request && !(request instanceof UnreadableRecord)) await refineRequest(ports, request, origins);
  }
  await ports.history.refine(
    news.map((past) => ({ ...past, session: withOrigin(past.session, origins.get(past.ref)) })),
  );
}
