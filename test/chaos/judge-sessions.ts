import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { cardOf } from './cards-seen.ts';
import type { Ledger } from './ledger.ts';
import type { Remembered, Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';
import { warnAfterMs } from './stage.ts';

/** A session open so long beyond its limit must have raised its alert, whatever went wrong meanwhile. */
const alertedWithinMs = 45_000;

/** Every session that was open for too long has one alert, which says whether it is open now. */
export function judgeSessions(
  { hosts }: Stage,
  { away }: Ledger,
  { alerts }: Remembered,
  wrong: Wrong,
): void {
  const now = Date.now();
  for (const host of hosts) {
    const hostId = hostIdOf(host.id);
    const open = host.sessions();
    for (const { id, vm, startedAt } of open) {
      const raised = alerts.filter(({ session }) => session.sessionId === id);
      if (raised.length > 1) wrong('alerted twice', vm);
      if (raised.length === 0 && now - startedAt > warnAfterMs + alertedWithinMs) wrong('never alerted', vm);
      for (const { state } of raised) {
        if (state.is !== 'open') wrong('false state', `${vm} is open and its alert says ${state.is}`);
      }
    }
    for (const { session, state } of alerts) {
      const endedAt = host.endedAt.get(session.sessionId);
      if (endedAt === undefined || state.is === 'ended') continue;
      // It ended before anybody could have seen that.
      const wasAway = away.some((one) => one.hostId === hostId && endedAt <= one.until);
      if (!(wasAway && state.is === 'lost' && state.why === 'host-gone')) {
        wrong('stale', `${session.vm.name} has ended and its alert says ${state.is}`);
      }
    }
  }
}

/** No message may ever have called a living session ended, not even for a moment. */
export function judgeEndings(
  { hosts, slack }: Stage,
  { alerts, batches, requests }: Remembered,
  wrong: Wrong,
): number {
  const single = [
    ...alerts.map(({ id, session }) => ({ card: `alert/${id}`, sessions: [session] })),
    ...requests.map(({ id, session }) => ({ card: `request/${id}`, sessions: [session] })),
  ];
  const several = batches.map(({ id, requestIds }) => ({
    card: `batch/${id}`,
    sessions: requests.filter((request) => requestIds.includes(request.id)).map(({ session }) => session),
  }));
  const told = [...single, ...several];
  const endedAt = (sessionId: string) =>
    hosts.map((host) => host.endedAt.get(sessionId)).find((at) => at !== undefined) ?? Infinity;
  let found = 0;
  for (const message of slack.messages) {
    const name = cardOf(message) ?? '';
    const sessions = told.find(({ card }) => name.startsWith(`${card}/`))?.sessions ?? [];
    for (const { at, text } of message.versions) {
      const over = sessions.filter(({ sessionId }) => endedAt(sessionId) < at).length;
      if (saidToBeOver(text) <= over || sessions.length === 0) continue;
      found += 1;
      wrong('false ending', `${sessions.map(({ vm }) => vm.name).join()}: a card read "${text}"`);
    }
  }
  return found;
}

/** How many sessions the card calls ended. */
function saidToBeOver(text: string): number {
  if (/Ended|Gone, checked/.test(text)) return 1;
  return [...text.matchAll(/(\d+) (?:gone|ended by itself)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
