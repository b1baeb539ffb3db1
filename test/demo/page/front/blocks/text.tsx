import type { JSX } from 'preact';
import { field, textField } from '../../../../simulator/slack/json.ts';
import { renderMrkdwn } from '../../../../simulator/slack/render/mrkdwn.ts';
import { useReader, useTicking } from '../reader.ts';
import { Link } from './link.tsx';

/** A text object; `plain_text` is shown to the letter. */
export function TextObject({ object }: { readonly object: unknown }) {
  const text = textField(object, 'text') ?? '';
  return field(object, 'type') === 'mrkdwn' ? <Mrkdwn text={text} /> : <>{text}</>;
}

export function plain(object: unknown): string {
  return textField(object, 'text') ?? '';
}

const marked =
  /(```[^]+?```|`[^`\n]+`|<[^<>]+>|(?<![\w*])\*(?=\S)[^*\n]*\S\*(?![\w*])|(?<!\w)_(?=\S)[^_\n]*\S_(?!\w)|(?<![\w~])~(?=\S)[^~\n]*\S~(?![\w~]))/;

/** https://docs.slack.dev/messaging/formatting-message-text */
export function Mrkdwn({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text.split(marked).map((part, index) => (
        <Piece key={index} part={part} isMarked={index % 2 === 1} />
      ))}
    </>
  );
}

function Piece({ part, isMarked }: { readonly part: string; readonly isMarked: boolean }) {
  if (!isMarked) return <>{unescaped(part)}</>;
  const inside = part.slice(1, -1);
  switch (part[0]) {
    case '<':
      return <Token token={inside} />;
    case '*':
      return (
        <strong>
          <Mrkdwn text={inside} />
        </strong>
      );
    case '_':
      return (
        <em>
          <Mrkdwn text={inside} />
        </em>
      );
    case '~':
      return (
        <s>
          <Mrkdwn text={inside} />
        </s>
      );
    default:
      return part.startsWith('```') ? (
        <pre>{unescaped(part.slice(3, -3).replace(/^\n/, ''))}</pre>
      ) : (
        <code>{unescaped(inside)}</code>
      );
  }
}

/** What stands in angle brackets: a mention, a date, a link. */
function Token({ token }: { readonly token: string }) {
  const reader = useReader();
  useTicking(token.includes('{ago}'));
  const [target = '', label] = token.split('|', 2);
  if (!/^[@#!]/.test(target)) return <Link url={unescaped(target)}>{unescaped(label ?? target)}</Link>;
  const said = renderMrkdwn(`<${token}>`, reader);
  return target.startsWith('!date') ? <time>{said}</time> : <span class="mention">{said}</span>;
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
