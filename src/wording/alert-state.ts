import type { Alert, Limit } from '../domain/alerts/alert.ts';
import { isOpen } from '../domain/alerts/alert.ts';
import type { LostReason } from '../domain/sessions/lost.ts';
import { at, duration } from './time.ts';
import { tunnelSentence } from './tunnel.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';
import { handlingLines, handlingWords, reasonInGlance } from './alert-handling.ts';

/** The state of an alert or a request: a headline without a full stop, then what else there is to say of it. */
export interface StateWords {
  readonly headline: Words;
  readonly more: readonly Words[];
}

export function alertState(alert: Alert): StateWords {
  const { headline, more } = sessionState(alert);
  const { handling } = alert;
  return {
    headline: isOpen(alert) ? words`${headline}${handlingWords(handling)}` : headline,
    more: [...more, ...tunnelLines(alert), ...handlingLines(handling)],
  };
}

/** What there is to say of an open one among others: nothing while it is known to be open and nobody has it in hand. */
export function alertGlance(alert: Alert): readonly Words[] {
  const { state, seenAt, handling } = alert;
  return [
    ...tunnelLines(alert),
    ...(state.is === 'unconfirmed' ? [words`Not confirmed since ${at(seenAt)}.`] : []),
    ...handlingLines(handling, reasonInGlance),
    ...(handling.is === 'woken' ? [words`The snooze is over.`] : []),
  ];
}

function sessionState({ state, seenAt, hostName }: Alert): StateWords {
  switch (state.is) {
    case 'open':
      return { headline: words`Open too long`, more: [] };
    case 'unconfirmed':
      return {
        headline: words`Open too long, not confirmed since ${at(seenAt)}`,
        more: [words`${hostName} has given no usable answer since. The session may be open or over.`],
      };
    case 'ended':
      return { headline: words`Ended, checked ${at(state.checkedAt)}`, more: [] };
    case 'lost':
      return {
        headline: words`Lost sight of, ${at(state.at)}`,
        more: [words`${lostBecause(state.why, hostName)} Nobody saw the session end.`],
      };
    case 'lifted':
      return {
        headline: words`Closed ${at(state.at)}, the rules have changed`,
        more: [liftedBecause(state.limit)],
      };
  }
}

function tunnelLines(alert: Alert): readonly Words[] {
  const { alike } = alert;
  return alike === undefined || !isOpen(alert) ? [] : [words`${tunnelSentence(alike)}.`];
}

function liftedBecause(limit: Limit | undefined): Words {
  return limit
    ? words`The rules of the bot have changed: the rule ${limit.name} allows it ${duration(limit.warnAfterMs)}. Should it stay open for longer, there is a new alert.`
    : words`The rules of the bot have changed: none limits it any more. It may be open still.`;
}

function lostBecause(why: LostReason, hostName: string): Words {
  switch (why) {
    case 'host-gone':
      return words`Azure says that there is no host ${hostName} any more.`;
    case 'no-longer-polled':
      return words`${hostName} is no longer read: the settings of the bot leave it out.`;
    case 'unknown-too-long':
      return words`${hostName} has given no usable answer for a day.`;
  }
}
