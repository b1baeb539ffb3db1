import { filterKeys } from '../../wording/filter-lines.ts';
import type { Words } from '../../wording/words.ts';
import { bold, code, words } from '../../wording/words.ts';
import { lines } from './blocks.ts';
import type { Message } from './message.ts';
import { spoken } from './spoken.ts';

export interface MenuEntry {
  /** What follows `/bastion`: a word, and what may come after it. */
  readonly usage: string;
  readonly summary: string;
}

export interface UnknownWord {
  readonly word: string;
  readonly nearest?: string;
}

export function helpView(menu: readonly MenuEntry[], unknown?: UnknownWord): Message {
  const headline = unknown ? notKnown(unknown) : words`What /bastion can do`;
  const entries = menu.map(({ usage, summary }) => words`${code(`/bastion ${usage}`)}  ${summary}`);
  return {
    text: spoken(
      unknown
        ? headline
        : words`${headline}: ${menu.map(({ usage }) => usage.split(' ', 1).join('')).join(', ')}.`,
    ),
    blocks: [lines(bold(headline), ...entries), lines(filterKeys)],
  };
}

function notKnown({ word, nearest }: UnknownWord): Words {
  const guess = nearest === undefined ? [] : words` Did you mean ${code(`/bastion ${nearest}`)}?`;
  return words`There is no /bastion “${word}”.${guess}`;
}
