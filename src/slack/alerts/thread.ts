import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import type { AlertStep, Snooze } from '../../domain/alerts/handling.ts';
import { alertState } from '../../wording/alert-state.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { quoted } from '../../wording/reason.ts';
import { openSince } from '../../wording/session-facts.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';
import { spoken } from '../kit/spoken.ts';

interface Room {
  readonly steps: number;
  readonly reason: number;
}

const rooms: readonly [Room, ...Room[]] = [
  { steps: 30, reason: 500 },
  { steps: 30, reason: 60 },
  { steps: 10, reason: 60 },
];

export function alertSteps(alert: Alert): Message {
  const { session, raisedAt } = alert;
  const headline = words`What was done about ${shortSessionName(session)}`;
  const latest = isOpen(alert) ? latestWords(alert.steps.at(-1)) : alertState(alert).headline;
  return firstThatFits(rooms, ({ steps, reason }) => {
    const told = alert.steps.slice(-steps);
    const left = alert.steps.length - told.length;
    const all = [
      words`${at(raisedAt)}: raised`,
      ...(left > 0 ? [words`${counted(left, 'step')} not shown`] : []),
      ...told.map((step) => stepWords(step, reason)),
    ];
    return {
      text: spoken(words`${headline}: ${latest}.`),
      blocks: [lines(bold(words`${headline}: ${latest}`)), lines(...all)],
    };
  });
}

function stepWords(step: AlertStep, reasonAtMost: number): Words {
  const why = step.did === 'snoozed' ? words`: ${quoted(step.reason, reasonAtMost)}` : [];
  return words`${at(step.at)}: ${latestWords(step)}${why}`;
}

/** Without the reason, which is for no lock screen. */
function latestWords(step: AlertStep | undefined): Words {
  switch (step?.did) {
    case undefined:
      return words`raised`;
    case 'acknowledged':
      return words`acknowledged by ${person(step.by)}`;
    case 'unacknowledged':
      return words`acknowledgement undone by ${person(step.by)}`;
    case 'snoozed':
      return words`snoozed by ${person(step.by)} until ${at(step.until)}`;
    case 'unsnoozed':
      return words`snooze ended by ${person(step.by)}`;
    case 'woken':
      return words`snooze over`;
  }
}

/** Calls the person who snoozed the alert back to it: an edit of the card would ring for nobody. */
export function alertWake(alert: Alert, { by, until }: Snooze): Message {
  const over = words`${person(by)}, the snooze until ${at(until)} is over.`;
  return note(over, standsNow(alert));
}

function standsNow(alert: Alert): Words {
  const { session, hostName, seenAt, state } = alert;
  const name = words`${shortSessionName(session)} through ${hostName}`;
  switch (state.is) {
    case 'open':
      return words`${name} is still open, since ${openSince(session)}.`;
    case 'unconfirmed':
      return words`${name} was open when ${hostName} was last read, ${at(seenAt)}. It may be open or over.`;
    case 'ended':
    case 'lost':
    case 'lifted':
      return words`${name}: ${alertState(alert).headline}.`;
  }
}
