import { field, listField, textField } from '../json.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import type { Reader } from './reader.ts';

/** A text object; `plain_text` is shown to the letter. */
export function renderTextObject(object: unknown, reader: Reader): string {
  const text = textField(object, 'text') ?? '';
  return field(object, 'type') === 'mrkdwn' ? renderMrkdwn(text, reader) : text;
}

/** What a control looks like: `[Label]`, with a menu's choices behind it. */
export function renderControl(element: unknown, reader: Reader): string {
  switch (field(element, 'type')) {
    case 'button':
      return `[${renderTextObject(field(element, 'text'), reader)}]`;
    case 'overflow':
      return `[⋯ ${optionsOf(element, reader)}]`;
    case 'image':
      return `(${textField(element, 'alt_text') ?? 'image'})`;
    case 'mrkdwn':
    case 'plain_text':
      return renderTextObject(element, reader);
    case 'radio_buttons':
    case 'checkboxes':
    case 'static_select':
    case 'multi_static_select':
      return `{${optionsOf(element, reader)}}`;
    default:
      return `{${renderTextObject(field(element, 'placeholder'), reader)}}`;
  }
}

function optionsOf(element: unknown, reader: Reader): string {
  return listField(element, 'options')
    .map((option) => renderTextObject(field(option, 'text'), reader))
    .join(' | ');
}
