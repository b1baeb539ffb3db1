import type { ActionsBlock, Button, ContextBlock, HeaderBlock, RichTextBlock } from '@slack/types';
import type { Fact, Words } from '../../wording/words.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { plainText } from './plain-text.ts';
import { richText } from './rich-text.ts';

export function lines(...said: readonly Words[]): RichTextBlock {
  const elements = richText(joined(said, '\n'));
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

export function facts(all: readonly Fact[]): RichTextBlock {
  return lines(...factLines(all));
}

export function factLines(all: readonly Fact[]): readonly Words[] {
  return all.map(([label, value]) => [...bold(words`${label}: `), ...value]);
}

export function heading(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, 150) };
}

export function aside(text: string): ContextBlock {
  return { type: 'context', elements: [plainText(text, 2000)] };
}

export function actions(...buttons: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: [...buttons] };
}

/** `label` says to a screen reader what the few words on the button are about. */
// oxlint-disable-next-line max-params -- what every button has, in the order in which it is read
export function button(text: string, actionId: string, value: string, label: string): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(text, 75),
    value,
    accessibility_label: plainText(label, 75).text,
  };
}
