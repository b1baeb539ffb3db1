import { field, listField, textField } from '../json.ts';
import { renderDate } from './date.ts';
import type { Reader } from './reader.ts';

export function renderRichText(block: unknown, reader: Reader): string[] {
  return listField(block, 'elements').flatMap((element) => {
    switch (field(element, 'type')) {
      case 'rich_text_list':
        return listField(element, 'elements').map((item, index) => {
          const mark = field(element, 'style') === 'ordered' ? `${String(index + 1)}.` : '•';
          return `${mark} ${renderInline(item, reader)}`;
        });
      case 'rich_text_quote':
        return renderInline(element, reader)
          .split('\n')
          .map((line) => `│ ${line}`);
      default:
        return renderInline(element, reader).trimEnd().split('\n');
    }
  });
}

function renderInline(section: unknown, reader: Reader): string {
  return listField(section, 'elements')
    .map((element) => renderElement(element, reader))
    .join('');
}

function renderElement(element: unknown, reader: Reader): string {
  const named = (id: string | undefined) => (id === undefined ? '' : (reader.nameOf(id) ?? id));
  switch (field(element, 'type')) {
    case 'user':
      return named(textField(element, 'user_id'));
    case 'usergroup':
      return named(textField(element, 'usergroup_id'));
    case 'channel':
      return named(textField(element, 'channel_id'));
    case 'broadcast':
      return `@${textField(element, 'range') ?? ''}`;
    case 'emoji':
      return `:${textField(element, 'name') ?? ''}:`;
    case 'date':
      return renderDate(Number(field(element, 'timestamp')), textField(element, 'format') ?? '', reader);
    case 'link': {
      const url = textField(element, 'url') ?? '';
      const label = textField(element, 'text');
      return label === undefined ? url : `${label} (${url})`;
    }
    default:
      return textField(element, 'text') ?? '';
  }
}
