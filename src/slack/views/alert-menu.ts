import type { Overflow } from '@slack/types';
import type { Alert } from '../../domain/alert.ts';
import { plainText } from './foreign.ts';

/** What is seldom wanted of an alert. An option's value is a choice and the alert's id. */
export const alertMenuAction = 'alert_menu';

const choices = ['snooze', 'details'] as const;
export type AlertChoice = (typeof choices)[number];

export function alertMenu({ id, handling }: Alert): Overflow {
  const offered: readonly AlertChoice[] = handling.is === 'snoozed' ? choices : ['details'];
  return {
    type: 'overflow',
    action_id: alertMenuAction,
    options: offered.map((choice) => ({ text: plainText(labels[choice], 75), value: `${choice} ${id}` })),
  };
}

const labels: Readonly<Record<AlertChoice, string>> = {
  snooze: 'Snooze until another time',
  details: 'Details',
};

/** Undefined for what no menu of ours carries. */
export function readAlertChoice(
  value: string,
): { readonly choice: AlertChoice; readonly alertId: string } | undefined {
  const [name, alertId, ...rest] = value.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && alertId && rest.length === 0 ? { choice, alertId } : undefined;
}
