import { cardOf } from './cards-seen.ts';
import type { Remembered, Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';
import { warnAfterMs } from './stage.ts';

/** A session open so long beyond its limit must have raised its alert, whatever went wrong meanwhile. */
const alertedWithinMs = 45_000;

/** Every session that was open for too long has one alert, which says whether it is open now. */
export function judgeSessions({ azure }: Stage, { alerts }: Remembered, wrong: Wrong): void {
  const now = Date.now();
  for (const host of azure.hosts()) {
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
      if (host.endedAt.has(session.sessionId) && state.is !== 'ended') {
        wrong('stale', `${session.vm.name} has ended and its alert says ${state.is}`);
      }
    }
  }
}

/** No message may ever have called a living session ended, not even for a moment. */
export function judgeEndings(
  { azure, slack }: Stage,
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
    azure
      .hosts()
      .map((host) => host.endedAt.get(sessionId))
      .find((at) => at !== undefined) ?? Infinity;
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
