import { field, listField, textField } from '../json.ts';
import { renderControl, renderTextObject } from './element.ts';
import type { Reader } from './reader.ts';
import { renderRichText } from './rich-text.ts';

/** One block as lines of plain text. */
export function renderBlock(block: unknown, reader: Reader): string[] {
  switch (field(block, 'type')) {
    case 'header':
    case 'alert':
      return [renderTextObject(field(block, 'text'), reader).toUpperCase()];
    case 'section':
      return renderSection(block, reader);
    case 'context':
      return [joined(listField(block, 'elements'), ' · ', reader)];
    case 'actions':
      return [joined(listField(block, 'elements'), ' ', reader)];
    case 'divider':
      return ['────────'];
    case 'rich_text':
      return renderRichText(block, reader);
    case 'input':
      return [
        `${renderTextObject(field(block, 'label'), reader)}: ${renderControl(field(block, 'element'), reader)}`,
      ];
    case 'markdown':
      return (textField(block, 'text') ?? '').split('\n');
    case 'image':
      return [`(${textField(block, 'alt_text') ?? 'image'})`];
    case 'table':
    case 'data_table':
      return listField(block, 'rows').map((row) => renderRow(row, reader));
    case 'data_visualization':
      return [`(chart: ${textField(block, 'title') ?? ''})`];
    default:
      return [`(${String(field(block, 'type'))})`];
  }
}

function renderSection(block: unknown, reader: Reader): string[] {
  const text = field(block, 'text') === undefined ? [] : [renderTextObject(field(block, 'text'), reader)];
  const fields = listField(block, 'fields').map((object) => renderTextObject(object, reader));
  const lines = [...text, ...fields].join('\n').split('\n');
  const accessory = field(block, 'accessory');
  const last = lines.pop() ?? '';
  return accessory === undefined
    ? [...lines, last]
    : [...lines, `${last} ${renderControl(accessory, reader)}`];
}

function renderRow(row: unknown, reader: Reader): string {
  const cells = Array.isArray(row) ? row : [];
  return cells
    .map((cell) =>
      field(cell, 'type') === 'rich_text'
        ? renderRichText(cell, reader).join(' ')
        : (textField(cell, 'text') ?? ''),
    )
    .join(' | ');
}

function joined(elements: readonly unknown[], separator: string, reader: Reader): string {
  return elements.map((element) => renderControl(element, reader)).join(separator);
}
