import type { Json } from '../json.ts';
import { field, listField } from '../json.ts';
import { renderBlock } from './block.ts';
import { renderTextObject } from './element.ts';
import { renderMrkdwn } from './mrkdwn.ts';
import type { Reader } from './reader.ts';

/** A message as this reader sees it, in lines of plain text: its blocks, or its text where it has none. */
export function renderText(
  message: { readonly text: string; readonly blocks: readonly unknown[] },
  reader: Reader,
): string {
  if (message.blocks.length === 0) return renderMrkdwn(message.text, reader);
  return message.blocks.flatMap((block) => renderBlock(block, reader)).join('\n');
}

/** A modal or a Home tab in lines of plain text, its buttons last. */
export function renderView(view: Json, reader: Reader): string {
  const label = (name: string) => renderTextObject(field(view, name), reader);
  const buttons = ['submit', 'close'].filter((name) => field(view, name) !== undefined);
  return [
    ...(field(view, 'title') === undefined ? [] : [`═ ${label('title')} ═`]),
    ...listField(view, 'blocks').flatMap((block) => renderBlock(block, reader)),
    ...(buttons.length > 0 ? [buttons.map((name) => `[${label(name)}]`).join(' ')] : []),
  ].join('\n');
}
