import { z } from 'zod';
import { anyText, plainText, url } from './text.ts';

const value = z.string().min(1).max(150);

export const option = z.strictObject({
  text: plainText(75),
  value,
  description: plainText(75).optional(),
});

/** What radio buttons and checkboxes show may carry mrkdwn. */
export const richOption = z.strictObject({
  text: anyText(75),
  value,
  description: anyText(75).optional(),
});

export const overflowOption = option.extend({ url: url.optional() });

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(option).min(1).max(100),
});

interface Choice {
  readonly options?: readonly unknown[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly unknown[] }[] | undefined;
  readonly initial_option?: unknown;
  readonly initial_options?: readonly unknown[] | undefined;
}

/** What is chosen at first has to be one of the options, to the letter. */
export function checkInitial(choice: Choice, context: z.RefinementCtx): void {
  const offered = [
    ...(choice.options ?? []),
    ...(choice.option_groups ?? []).flatMap((group) => group.options),
  ];
  const known = new Set(offered.map((each) => JSON.stringify(each)));
  const initial = [choice.initial_option, ...(choice.initial_options ?? [])].filter(
    (each) => each !== undefined,
  );
  if (initial.every((each) => known.has(JSON.stringify(each)))) return;
  context.addIssue({ code: 'custom', message: 'initial option is not one of the options' });
}

/** A static menu has options or groups of them, never both. */
export function checkOneKindOfOptions(choice: Choice, context: z.RefinementCtx): void {
  if ((choice.options === undefined) !== (choice.option_groups === undefined)) return;
  context.addIssue({ code: 'custom', message: 'needs either options or option_groups' });
}
