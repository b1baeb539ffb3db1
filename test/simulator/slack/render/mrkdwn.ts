import { renderDate } from './date.ts';
import type { Reader } from './reader.ts';

/** Mentions, links and dates of a mrkdwn text as the reader sees them; `*` and the like stay as they are. */
export function renderMrkdwn(text: string, reader: Reader): string {
  return unescape(text.replace(/<([^<>]+)>/g, (_, token: string) => renderToken(token, reader)));
}

function renderToken(token: string, reader: Reader): string {
  const [target = '', label] = token.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@') || target.startsWith('#')) return reader.nameOf(id) ?? label ?? target;
  if (!target.startsWith('!')) return label === undefined ? target : `${label} (${target})`;
  const [command = '', argument = '', format = ''] = id.split('^');
  if (command === 'subteam') return reader.nameOf(argument) ?? label ?? target;
  if (command === 'date') return renderDate(Number(argument), format, reader);
  return `@${command}`;
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
