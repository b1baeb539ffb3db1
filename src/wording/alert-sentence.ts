import type { Alert } from '../domain/alerts/alert.ts';
import type { Session } from '../domain/sessions/session.ts';
import { ageMs } from '../domain/sessions/session.ts';
import { alertState } from './alert-state.ts';
import { age, lastedUntil } from './session-facts.ts';
import { shortSessionName } from './session-line.ts';
import { ago, at, duration } from './time.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

/** Within the eighty characters that a lock screen shows; an age is that of the moment of the post. No full stop. */
export function alertSentence({ session, rule, state, seenAt, raisedAt }: Alert): Words {
  const name = shortSessionName(session);
  const limit = `(limit ${duration(rule.warnAfterMs)})`;
  switch (state.is) {
    case 'open':
      return words`${name} for ${age(session, raisedAt)} ${limit}`;
    case 'unconfirmed':
      return words`${name} for ${age(session, seenAt)}, not confirmed ${limit}`;
    case 'ended':
      return words`Ended: ${name} after ${lastedUntil(session, state.checkedAt)} ${limit}`;
    case 'lost':
      return words`Lost sight of ${name} after at least ${duration(ageMs(session, seenAt))} ${limit}`;
    case 'lifted':
      return state.limit
        ? words`${name}: its limit is ${duration(state.limit.warnAfterMs)} now`
        : words`${name}: no rule limits it any more`;
  }
}

export function alertStanding(alert: Alert): readonly [Words, ...Words[]] {
  const { headline, more } = alertState(alert);
  const { state, session } = alert;
  switch (state.is) {
    case 'open':
      return [words`${headline}; ${began(session)}`, ...more];
    case 'unconfirmed':
      return [headline, ...more];
    case 'ended':
      return [words`Checked ${at(state.checkedAt)}`, ...more];
    case 'lost':
    case 'lifted':
      return [words`Closed ${at(state.at)}`, ...more];
  }
}

function began({ startedAt, startedAtFrom }: Session): Words {
  switch (startedAtFrom) {
    case 'given':
      return words`began ${ago(startedAt)}`;
    case 'duration':
      return words`began about ${ago(startedAt)}`;
    case 'reading':
      return words`began ${ago(startedAt)} or earlier`;
  }
}
