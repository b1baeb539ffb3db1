import type { Identities } from '../people/identity.ts';
import { samePerson } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import type { Alert } from './alert.ts';
import { isOpen } from './alert.ts';
import type { Acknowledgement, AlertStep, Handling } from './handling.ts';
import type { Handled } from './with-step.ts';
import { withStep } from './with-step.ts';

export type HandlingVerb =
  | { readonly do: 'acknowledge' | 'unacknowledge' | 'unsnooze' }
  | { readonly do: 'snooze'; readonly until: number; readonly reason: string };

export type HandlingRefusal =
  | 'closed'
  | 'acknowledged-by-another'
  /** Nothing is left to do: as when one click arrives twice. */
  | 'as-wished'
  | 'time-passed'
  | 'too-long';

export type HandlingDecision =
  ({ readonly accepted: true } & Handled) | { readonly accepted: false; readonly because: HandlingRefusal };

export const longestSnoozeMs = 7 * 24 * 3_600_000;
/** Slack may deliver a form twice, to two replicas; nobody fills in the same again within a minute. */
const repeatedWithinMs = 60_000;

export interface Handler {
  readonly id: UserId;
  readonly known: Identities;
}

/** Decides a click on an alert card. The right to is checked before. */
export function handle(
  alert: Alert,
  verb: HandlingVerb,
  { handler, now }: { readonly handler: Handler; readonly now: number },
): HandlingDecision {
  if (!isOpen(alert)) return refused('closed');
  const { handling } = alert;
  const { id: by, known } = handler;
  switch (verb.do) {
    case 'acknowledge':
      if (handling.is === 'acknowledged') {
        return refused(
          samePerson(known, handling.by, by) === 'yes' ? 'as-wished' : 'acknowledged-by-another',
        );
      }
      return moved(alert, { is: 'acknowledged', by, at: now }, { did: 'acknowledged', by, at: now });
    case 'unacknowledge':
      if (handling.is !== 'acknowledged') return refused('as-wished');
      return moved(alert, { is: 'unattended' }, { did: 'unacknowledged', by, at: now });
    case 'unsnooze': {
      if (handling.is !== 'snoozed') return refused('as-wished');
      const { acknowledged } = handling;
      const before: Handling = acknowledged ? { is: 'acknowledged', ...acknowledged } : { is: 'unattended' };
      return moved(alert, before, { did: 'unsnoozed', by, at: now });
    }
    case 'snooze':
      return snooze(alert, verb, { handler, now });
  }
}

function snooze(
  alert: Alert,
  { until, reason }: Extract<HandlingVerb, { do: 'snooze' }>,
  { handler: { id: by, known }, now }: { readonly handler: Handler; readonly now: number },
): HandlingDecision {
  if (until <= now) return refused('time-passed');
  if (until - now > longestSnoozeMs) return refused('too-long');
  const { handling } = alert;
  const isRepeated =
    handling.is === 'snoozed' &&
    samePerson(known, handling.by, by) === 'yes' &&
    handling.reason === reason &&
    now - handling.at < repeatedWithinMs &&
    Math.abs(until - handling.until) < repeatedWithinMs;
  if (isRepeated) return refused('as-wished');
  const acknowledged = acknowledgementOf(handling);
  const next: Handling = { is: 'snoozed', by, at: now, until, reason, ...(acknowledged && { acknowledged }) };
  return moved(alert, next, { did: 'snoozed', by, at: now, until, reason });
}

function acknowledgementOf(handling: Handling): Acknowledgement | undefined {
  switch (handling.is) {
    case 'acknowledged':
      return { by: handling.by, at: handling.at };
    case 'snoozed':
      return handling.acknowledged;
    case 'unattended':
    case 'woken':
      return undefined;
  }
}

function moved(alert: Alert, handling: Handling, step: AlertStep): HandlingDecision {
  return { accepted: true, ...withStep(alert, handling, step) };
}

function refused(because: HandlingRefusal): HandlingDecision {
  return { accepted: false, because };
}
