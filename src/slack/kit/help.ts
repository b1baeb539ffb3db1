import type { RichTextBlock } from '@slack/types';
import type { FilterHelp } from '../../wording/filter-help.ts';
import { usualCommand } from '../../wording/slash-command.ts';
import type { Words } from '../../wording/words.ts';
import { bold, code, words } from '../../wording/words.ts';
import { lines } from './blocks.ts';
import type { Message } from './message.ts';
import { spoken } from './spoken.ts';

export interface MenuEntry {
  readonly name: string;
  readonly summary: string;
  readonly filters: readonly FilterHelp[];
}

export interface Unknown {
  readonly because: 'misspelt' | 'filter' | 'words';
  readonly command: string;
  /** What to type instead. It holds what was typed, which may be an address or an e-mail. */
  readonly meant: string;
}

/** One command to a line, and once for all of them what can follow; `command` as it is called here. */
export function helpView(menu: readonly MenuEntry[], unknown?: Unknown, command = usualCommand): Message {
  const headline = unknown ? notKnown(unknown, command) : words`What ${command} can do`;
  const names = menu.map(({ name }) => name).join(', ');
  const entries = menu.map(({ name, summary }) => words`${code(`${command} ${name}`)} ${summary}`);
  return {
    text: spoken(unknown ? headline : words`${headline}: ${names}.`),
    blocks: [
      ...(unknown
        ? [
            lines(bold(headline)),
            lines(words`Try ${code(`${command} ${unknown.meant}`)}`),
            lines(bold(words`What there is`), ...entries),
          ]
        : [lines(bold(headline), ...entries)]),
      ...filterBlocks(menu),
    ],
  };
}

/** Without a word of what was typed: this is what a lock screen shows. */
function notKnown({ because, command: word }: Unknown, command: string): Words {
  switch (because) {
    case 'misspelt':
      return words`There is no such command. Did you mean ${command} ${word}?`;
    case 'filter':
      return words`A filter comes after a command, such as ${command} ${word}.`;
    case 'words':
      return words`There is no such command. Words to look for come after ${command} ${word}.`;
  }
}

function filterBlocks(menu: readonly MenuEntry[]): readonly RichTextBlock[] {
  const filtered = menu.filter(({ filters }) => filters.length > 0);
  const all = new Map(filtered.flatMap(({ filters }) => filters.map((filter) => [filter.key, filter])));
  if (all.size === 0) return [];
  const names = filtered.map(({ name }) => name).join(' or ');
  const filterLine = ({ key, typed, about }: FilterHelp) => {
    const takers = filtered.filter(({ filters }) => filters.some((filter) => filter.key === key));
    const said = words`${code(typed)} ${about}`;
    return takers.length === filtered.length
      ? said
      : words`${said} (${takers.map(({ name }) => name).join(', ')})`;
  };
  return [
    lines(
      bold(words`What can follow ${names}`),
      words`${code('web')} any word to look for`,
      ...[...all.values()].map(filterLine),
    ),
    lines(
      words`${code('*')} stands for anything, as in ${code('from:10.1.*')}`,
      words`${code('entra:')} and ${code('from:')} know what the Bastion audit log tells.`,
    ),
  ];
}
