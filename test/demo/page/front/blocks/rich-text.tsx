import type { ComponentChildren } from 'preact';
import { field, listField, textField } from '../../../../simulator/slack/json.ts';
import { renderDate } from '../../../../simulator/slack/render/date.ts';
import { useReader, useTicking } from '../reader.ts';
import { Link } from './link.tsx';

export function RichText({ block }: { readonly block: unknown }) {
  return (
    <div class="rich-text">
      {listField(block, 'elements').map((element, index) => (
        <Part key={index} element={element} />
      ))}
    </div>
  );
}

function Part({ element }: { readonly element: unknown }) {
  const inside = <Inlines of={element} />;
  switch (field(element, 'type')) {
    case 'rich_text_list': {
      const List = field(element, 'style') === 'ordered' ? 'ol' : 'ul';
      return (
        <List data-indent={field(element, 'indent') ?? 0}>
          {listField(element, 'elements').map((item, index) => (
            <li key={index}>
              <Inlines of={item} />
            </li>
          ))}
        </List>
      );
    }
    case 'rich_text_quote':
      return <blockquote>{inside}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{inside}</pre>;
    default:
      return <div class="lines">{inside}</div>;
  }
}

function Inlines({ of }: { readonly of: unknown }) {
  return (
    <>
      {listField(of, 'elements').map((element, index) => (
        <Styled key={index} style={field(element, 'style')}>
          <Inline element={element} />
        </Styled>
      ))}
    </>
  );
}

function Inline({ element }: { readonly element: unknown }) {
  const reader = useReader();
  const mention = (key: string) => {
    const id = textField(element, key) ?? '';
    return <span class="mention">{reader.nameOf(id) ?? id}</span>;
  };
  switch (field(element, 'type')) {
    case 'user':
      return mention('user_id');
    case 'usergroup':
      return mention('usergroup_id');
    case 'channel':
      return mention('channel_id');
    case 'broadcast':
      return <span class="mention">@{textField(element, 'range')}</span>;
    case 'emoji':
      return <>{emojiOf(element)}</>;
    case 'date':
      return <DateText element={element} />;
    case 'link': {
      const url = textField(element, 'url') ?? '';
      return <Link url={url}>{textField(element, 'text') ?? url}</Link>;
    }
    default:
      return <>{textField(element, 'text')}</>;
  }
}

function DateText({ element }: { readonly element: unknown }) {
  const reader = useReader();
  const format = textField(element, 'format') ?? '';
  useTicking(format.includes('{ago}'));
  const timestamp = Number(field(element, 'timestamp'));
  return (
    <time dateTime={new Date(timestamp * 1000).toISOString()}>{renderDate(timestamp, format, reader)}</time>
  );
}

function emojiOf(element: unknown): string {
  const codes = textField(element, 'unicode');
  if (codes === undefined) return `:${textField(element, 'name') ?? ''}:`;
  return String.fromCodePoint(...codes.split('-').map((code) => parseInt(code, 16)));
}

const tags = [
  ['code', 'code'],
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['underline', 'u'],
] as const;

function Styled({ style, children }: { readonly style: unknown; readonly children: ComponentChildren }) {
  return tags
    .filter(([name]) => field(style, name) === true)
    .reduce((inside, [, Tag]) => <Tag>{inside}</Tag>, <>{children}</>);
}
