/** What a button or an option carries where its action has several meanings: which of them, and what it is about. */
export function choiceValue(choice: string, about: string): string {
  return `${choice} ${about}`;
}

export function readChoice<Choice extends string>(
  choices: readonly Choice[],
  value: string,
): { readonly choice: Choice; readonly about: string } | undefined {
  const [name, about, ...rest] = value.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && about && rest.length === 0 ? { choice, about } : undefined;
}
