import type { Json } from './json.ts';
import { field, isObject, listField, textField } from './json.ts';
import { renderBlock } from './render/block.ts';
import type { Reader } from './render/reader.ts';
import { stateOf } from './view-values.ts';

/** Something a person can press, as the payload names it. */
export interface Control {
  readonly blockId: string;
  readonly action: Json;
}

/** A control by its ids, as a client knows it; `entered` is what was picked in it, options by value or by text. */
export interface Pick {
  readonly blockId: string;
  readonly actionId: string;
  readonly entered?: string | readonly string[];
}

export function controlAt(blocks: readonly unknown[], { blockId, actionId, entered }: Pick): Control {
  const block = blocks.find((each) => textField(each, 'block_id') === blockId);
  const element = elementsOf(block).find((each) => each['action_id'] === actionId);
  if (!element) throw new Error('this control is not there any more');
  const action =
    element['type'] === 'button' ? pressed(element) : { action_id: actionId, ...stateOf(element, entered) };
  return { blockId, action };
}

/**
 * Finds what bears this label: a button, or an option of an overflow menu. With `near`, the first one at or after the
 * block that shows this text; without it the label has to stand there once.
 */
export function findControl(
  blocks: readonly unknown[],
  label: string,
  reader: Reader,
  near?: string,
): Control {
  const start = near === undefined ? 0 : blocks.findIndex((block) => shows(block, near, reader));
  if (start === -1) throw new Error(`nothing shows "${near ?? ''}"`);
  const found = blocks.slice(start).flatMap((block) => controlsOf(block, label));
  const [first, ...others] = found;
  if (!first) throw new Error(`there is no "${label}" to press`);
  if (others.length > 0 && near === undefined) {
    throw new Error(`"${label}" stands ${String(found.length)} times: say near which text`);
  }
  return first;
}

function shows(block: unknown, text: string, reader: Reader): boolean {
  return renderBlock(block, reader).join('\n').includes(text);
}

function controlsOf(block: unknown, label: string): Control[] {
  const blockId = textField(block, 'block_id') ?? '';
  return elementsOf(block).flatMap((element) =>
    actionsOf(element, label).map((action) => ({ blockId, action })),
  );
}

function elementsOf(block: unknown): Json[] {
  return [...listField(block, 'elements'), field(block, 'accessory'), field(block, 'element')].filter(
    isObject,
  );
}

function pressed({ type, action_id, text, value, style }: Json): Json {
  return {
    type,
    action_id,
    text,
    ...(value !== undefined && { value }),
    ...(style !== undefined && { style }),
  };
}

function actionsOf(element: Json, label: string): Json[] {
  const { type, action_id } = element;
  if (type === 'button' && labelOf(element) === label) return [pressed(element)];
  if (type !== 'overflow') return [];
  return listField(element, 'options')
    .filter((option) => labelOf(option) === label)
    .map((option) => ({ type, action_id, selected_option: option }));
}

function labelOf(thing: unknown): string | undefined {
  return textField(field(thing, 'text'), 'text');
}
