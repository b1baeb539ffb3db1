import { listField, textField } from '../json.ts';

/** Ids that stand twice: a `block_id` in one message or view, an `action_id` in one block. */
export function repeatedIds(blocks: readonly unknown[]): string[] {
  return [
    ...repeated(blocks.map((block) => textField(block, 'block_id'))).map(
      (id) => `/blocks: block_id "${id}" is used more than once`,
    ),
    ...blocks.flatMap((block, index) =>
      repeated(listField(block, 'elements').map((element) => textField(element, 'action_id'))).map(
        (id) => `/blocks/${String(index)}: action_id "${id}" is used more than once`,
      ),
    ),
  ];
}

function repeated(ids: readonly (string | undefined)[]): string[] {
  const named = ids.filter((id) => id !== undefined);
  return [...new Set(named.filter((id, index) => named.indexOf(id) < index))];
}
