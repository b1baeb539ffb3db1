import type { PastSession } from '../../domain/history/past-session.ts';
import { earlierOf, withoutFoundAgain } from '../../domain/history/past-session.ts';
import type { Cut } from '../../domain/kit/cut.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Ports } from '../../ports/ports.ts';

type UsedPorts = Pick<Ports, 'clock' | 'history' | 'policy'>;

const readAtMost = 5000;
const dayMs = 86_400_000;

export async function readEarlier(
  { clock, history, policy }: UsedPorts,
  session: Session,
): Promise<Cut<PastSession>> {
  const past = await history.closedSince(clock() - policy.historyDays * dayMs, readAtMost);
  return earlierOf(withoutFoundAgain(past), session);
}
