import type { Overflow, PlainTextOption } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { plainText } from '../../wording/foreign.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';

/** The value of an option is a choice and what it is about: the alert's id, or its session's `ref` for `ask`. */
export const alertMenuAction = 'alert_menu';

const choices = ['ask', 'snooze', 'details'] as const;
export type AlertChoice = (typeof choices)[number];

/** What is seldom wanted of an alert, beside the buttons of its card. */
export function alertMenu({ id, handling }: Alert): Overflow {
  return menu([
    ...(handling.is === 'snoozed' ? [option('Snooze until another time', 'snooze', id)] : []),
    option('Details', 'details', id),
  ]);
}

/** All that can be done about it, where it is one of many. */
export function alertRowMenu({ id, ref, session }: Alert, offer: DisconnectOffer): Overflow {
  const asks = offer !== 'none' && session.sessionId !== '';
  return menu([
    ...(asks ? [option(offer === 'request' ? 'Request disconnect' : 'Disconnect', 'ask', ref)] : []),
    option('Snooze', 'snooze', id),
    option('Details', 'details', id),
  ]);
}

function menu(options: PlainTextOption[]): Overflow {
  return { type: 'overflow', action_id: alertMenuAction, options };
}

function option(text: string, choice: AlertChoice, about: string): PlainTextOption {
  return { text: plainText(text, 75), value: `${choice} ${about}` };
}

/** Undefined for what no menu of ours carries. */
export function readAlertChoice(
  value: string,
): { readonly choice: AlertChoice; readonly about: string } | undefined {
  const [name, about, ...rest] = value.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && about && rest.length === 0 ? { choice, about } : undefined;
}
