import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import { field, isObject } from './json.ts';

/** Slack gives every block and every element an id where the app gave none. */
export function withIds(blocks: readonly unknown[]): readonly Json[] {
  return blocks.filter(isObject).map((block) => ({
    ...block,
    block_id: block['block_id'] ?? shortId(),
    ...('elements' in block && { elements: eachWithId(block['elements']) }),
    ...('accessory' in block && { accessory: withActionId(block['accessory']) }),
    ...('element' in block && { element: withActionId(block['element']) }),
  }));
}

function eachWithId(elements: unknown): unknown {
  return Array.isArray(elements) ? elements.map(withActionId) : elements;
}

const inert = new Set(['image', 'mrkdwn', 'plain_text']);

function withActionId(element: unknown): unknown {
  const type = field(element, 'type');
  const isInert = typeof type !== 'string' || inert.has(type) || type.startsWith('rich_text_');
  if (!isObject(element) || isInert) return element;
  return { ...element, action_id: element['action_id'] ?? shortId() };
}

function shortId(): string {
  return randomUUID().slice(0, 5);
}
