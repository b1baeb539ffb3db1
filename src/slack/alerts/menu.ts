/** The value is a choice and what it is about: the alert's id, or its session's `ref` for `ask`. Earlier versions had a menu of them. */
export const alertMenuAction = 'alert_menu';

const choices = ['ask', 'snooze', 'details'] as const;
export type AlertChoice = (typeof choices)[number];

export function alertMenuValue(choice: AlertChoice, about: string): string {
  return `${choice} ${about}`;
}

/** Undefined for what no menu of ours carries. */
export function readAlertChoice(
  value: string,
): { readonly choice: AlertChoice; readonly about: string } | undefined {
  const [name, about, ...rest] = value.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && about && rest.length === 0 ? { choice, about } : undefined;
}
