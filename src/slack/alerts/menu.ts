import { choiceValue, readChoice } from '../kit/choice-value.ts';

/** The value is a choice and what it is about: the alert's id, or its session's `ref` for `ask`. Earlier versions had a menu of them. */
export const alertMenuAction = 'alert_menu';

const choices = ['ask', 'snooze', 'details'] as const;
type AlertChoice = (typeof choices)[number];

export const alertMenuValue = (choice: AlertChoice, about: string) => choiceValue(choice, about);

export const readAlertChoice = (value: string) => readChoice(choices, value);
