import { hostIdOf } from '../../src/domain/hosts/host.ts';
import type { DisconnectRequest } from '../../src/domain/requests/request.ts';
import { sessionsOf } from '../../src/domain/requests/tunnel.ts';
import type { Session } from '../../src/domain/sessions/session.ts';
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
      // Sessions of one machine are of one tunnel. While Azure told no start of theirs, each got an alert of its own.
      const standing = alerts.filter(({ session, state }) => session.vm.name === vm && state.is === 'open');
      const told = standing.reduce((sum, { alike = 1 }) => sum + alike, 0);
      const count = open.filter((one) => one.vm === vm).length;
      if (told > count) wrong('alerted twice', `${vm} has ${count} sessions and alerts tell of ${told}`);
      if (told < count && now - startedAt > warnAfterMs + alertedWithinMs) {
        wrong('never alerted', `${vm} has ${count} sessions and alerts tell of ${told}`);
      }
      for (const { state } of alerts.filter(({ session }) => session.sessionId === id)) {
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
    ...alerts.map(({ id, session }) => ({ card: `alert/${id}`, ends: [[session]] })),
    ...requests.map((request) => ({ card: `request/${request.id}`, ends: [asked(request)] })),
  ];
  const several = batches.map(({ id, requestIds }) => ({
    card: `batch/${id}`,
    ends: requests.filter((request) => requestIds.includes(request.id)).map(asked),
  }));
  const told = [...single, ...several];
  const endedAt = (sessionId: string) =>
    hosts.map((host) => host.endedAt.get(sessionId)).find((at) => at !== undefined) ?? Infinity;
  let found = 0;
  for (const message of slack.messages) {
    const name = cardOf(message) ?? '';
    const ends = told.find(({ card }) => name.startsWith(`${card}/`))?.ends ?? [];
    for (const { at, text } of message.versions) {
      const over = ends.filter((sessions) => sessions.every(({ sessionId }) => endedAt(sessionId) < at));
      if (saidToBeOver(text) <= over.length || ends.length === 0) continue;
      found += 1;
      const names = ends.map(([first]) => first?.vm.name).join();
      wrong('false ending', `${names}: a card read "${text}"`);
    }
  }
  return found;
}

/** All that one request is for end together. */
function asked(request: DisconnectRequest): readonly Session[] {
  return sessionsOf(request).map(({ session }) => session);
}

/** How many endings the card tells of. */
function saidToBeOver(text: string): number {
  if (/\d+ of \d+ gone/.test(text)) return 0;
  if (/Ended|Gone, checked/.test(text)) return 1;
  return [...text.matchAll(/(\d+) (?:gone|ended by itself)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
