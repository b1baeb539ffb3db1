import type { Content } from '../../simulator/slack/messages.ts';
import { renderBlock } from '../../simulator/slack/render/block.ts';
import { renderText } from '../../simulator/slack/render/message.ts';
import type { Reader } from '../../simulator/slack/render/reader.ts';

/** A message in lines of text. */
export function messageLines(content: Content, reader: Reader): string[] {
  if (content.blocks.length === 0) return renderText(content, reader).split('\n');
  return content.blocks.flatMap((block) => renderBlock(block, reader).flatMap((line) => line.split('\n')));
}

/** What an edit changed: the lines that are new, and how the rest fared. */
export function editLines(before: readonly string[], after: readonly string[]): string[] {
  const news = after.filter((line) => !before.includes(line));
  const kept = after.length - news.length;
  const buttons = before.filter((line) => line.startsWith('[') && !after.includes(line));
  return [
    ...news,
    ...(kept > 0 ? [`… ${String(kept)} more ${kept === 1 ? 'line' : 'lines'} as before`] : []),
    ...buttons.map((line) => `no longer there: ${line}`),
  ];
}
